/**
 * A queue in a database: asks the functions that `api/_migrations/0004-messages.sql` makes. It has the same
 * life as the queue in memory (`faas/core/queue/message-queue.ts`), and outlives whoever asks.
 */

import type {
  MessageContent,
  MessageReceipt,
  TakenMessage,
  TakeOptions,
} from '../../core/queue/queue-message.ts';
import type { Batch, Rows, Statement } from '../store/statement.ts';

/** What a look at the table takes and finds. */
export interface Taken {
  readonly taken: readonly TakenMessage[];
  /** Set aside in the same look. */
  readonly setAside: readonly TakenMessage[];
}

/** A queue may have a million messages, and a look must not take longer for that. */
const MOST_COUNTED = 10_000;
/** When to look again where there are more, in s. */
const AGAIN_S = 1;

/** How a queue stands. */
export interface QueueCounts {
  /** Messages that are to be delivered, hidden ones too; {@link MOST_COUNTED} for more. */
  readonly live: number;
  /** {@link MOST_COUNTED} for more. */
  readonly dead: number;
  /** Time until a message can be taken, in s, or may be; 0 when one can be now, Infinity without any. */
  readonly dueInS: number;
}

/** What the database has to say that slows a queue down, whoever is to blame. */
export interface QueueBurden {
  /** Rows of the table that are gone and still in the way: an old transaction might see them. */
  readonly deadRows: number;
  /** Age of the oldest transaction that is open, in s; 0 for none. */
  readonly oldestTransactionS: number;
}

/** Runs a batch: a store, or a session of a database. */
export type RunBatch = (batch: Batch) => Promise<readonly Rows[]>;

const READ_COMMITTED = { isolation: null, readOnly: false, deferrable: false } as const;

/** One queue of the table. Every method rejects as the database does. */
export class QueueTable {
  readonly name: string;
  readonly #run: RunBatch;

  constructor(name: string, run: RunBatch) {
    this.name = name;
    this.#run = run;
  }

  /** @returns the number of the message; null when it is here already */
  async send(content: MessageContent, delayS = 0): Promise<number | null> {
    const { id, source, type, key, data, traceparent } = content;
    const text = JSON.stringify(data) ?? 'null';
    const rows = await this.#ask({
      text: 'select queue_send($1, $2, $3, $4, $5, $6::json, $7, $8::float8)',
      values: [this.name, id, source, type, key, text, traceparent, delayS],
    });
    return numbersIn(rows)[0] ?? null;
  }

  /** Sets aside what was taken too often, and takes what can be taken, in one transaction. */
  async take(options: TakeOptions): Promise<Taken> {
    const [spent, due] = await this.#run({
      statements: [this.#setAside(options.maxReceives), this.#take(options)],
      transaction: READ_COMMITTED,
    });
    return { setAside: messagesIn(spent), taken: messagesIn(due) };
  }

  /** Removes messages and takes the next, in one transaction: half the work of doing both. */
  async doneAndTake(
    receipts: readonly MessageReceipt[],
    options: TakeOptions,
  ): Promise<Taken & { readonly done: readonly number[] }> {
    const [removed, spent, due] = await this.#run({
      statements: [
        doneStatement(receipts),
        this.#setAside(options.maxReceives),
        this.#take(options),
      ],
      transaction: READ_COMMITTED,
    });
    return { done: numbersIn(removed), setAside: messagesIn(spent), taken: messagesIn(due) };
  }

  /** Removes messages. @returns the numbers of those whose receipt still counted */
  async done(receipts: readonly MessageReceipt[]): Promise<number[]> {
    return numbersIn(await this.#ask(doneStatement(receipts)));
  }

  /**
   * Says when each message can be taken again.
   *
   * @param afterS one for each receipt
   * @returns the numbers of those whose receipt still counted
   */
  async giveUp(receipts: readonly MessageReceipt[], afterS: readonly number[]): Promise<number[]> {
    const rows = await this.#ask({
      text: 'select queue_give_up($1::bigint[], $2::int[], $3::float8[])',
      values: [
        listOf(receipts.map(({ number }) => number)),
        listOf(receipts.map(receivesOf)),
        listOf(afterS),
      ],
    });
    return numbersIn(rows);
  }

  /** Sets aside what was taken as often as it may be. */
  async setAside(maxReceives: number): Promise<TakenMessage[]> {
    return messagesIn(await this.#ask(this.#setAside(maxReceives)));
  }

  /** Takes what can be taken, and sets nothing aside. */
  async takeOnly(options: TakeOptions): Promise<TakenMessage[]> {
    return messagesIn(await this.#ask(this.#take(options)));
  }

  /** The dead letters, the oldest first. */
  async dead(most = 100): Promise<TakenMessage[]> {
    const text = `select ${COLUMNS} from messages where queue = $1 and dead_at is not null order by number limit $2::int`;
    return messagesIn(await this.#ask({ text, values: [this.name, most] }));
  }

  async counts(): Promise<QueueCounts> {
    const rows = await this.#ask({ text: COUNTS, values: [this.name] });
    const [live, dead, due] = rows?.rows[0] ?? [];
    const dueInS = due === null || due === undefined ? Infinity : Math.max(0, Number(due));
    // One that was not looked at may be due sooner.
    const isWhole = Number(live) < MOST_COUNTED;
    return {
      live: Number(live),
      dead: Number(dead),
      dueInS: isWhole ? dueInS : Math.min(dueInS, AGAIN_S),
    };
  }

  async burden(): Promise<QueueBurden> {
    const rows = await this.#ask({ text: BURDEN, values: [] });
    const [deadRows, oldestTransactionS] = rows?.rows[0] ?? [];
    return { deadRows: Number(deadRows), oldestTransactionS: Number(oldestTransactionS) };
  }

  #setAside(maxReceives: number): Statement {
    const text = `select ${COLUMNS} from queue_set_aside($1, $2::int)`;
    return { text, values: [this.name, maxReceives] };
  }

  #take({ most, visibilityS, maxReceives }: TakeOptions): Statement {
    const text = `select ${COLUMNS} from queue_take($1, $2::int, $3::float8, $4::int)`;
    return { text, values: [this.name, most, visibilityS, maxReceives] };
  }

  async #ask(statement: Statement): Promise<Rows | undefined> {
    const [rows] = await this.#run({ statements: [statement], transaction: null });
    return rows;
  }
}

const COLUMNS =
  'number, id, source, type, key, data, traceparent, receives, extract(epoch from sent_at) * 1000';

/**
 * A message that waits for an earlier one of its key is due when that one is. Only so many are looked at, the
 * oldest: the first of a key among them is the first of all.
 */
const COUNTS = `with oldest as materialized (
  select number, key, visible_at from messages where queue = $1 and dead_at is null
  order by number limit ${MOST_COUNTED}
)
select count(*),
  (select count(*) from (
    select 1 from messages where queue = $1 and dead_at is not null limit ${MOST_COUNTED}
  ) as dead),
  extract(epoch from min(visible_at) filter (where key is null or number = head) - clock_timestamp())
from (select *, min(number) over (partition by key) as head from oldest) as live`;

const BURDEN = `select coalesce((select n_dead_tup from pg_stat_user_tables where relname = 'messages'), 0),
  coalesce((select extract(epoch from max(clock_timestamp() - xact_start)) from pg_stat_activity
    where pid <> pg_backend_pid() and backend_type = 'client backend'), 0)`;

function doneStatement(receipts: readonly MessageReceipt[]): Statement {
  return {
    text: 'select queue_done($1::bigint[], $2::int[])',
    values: [listOf(receipts.map(({ number }) => number)), listOf(receipts.map(receivesOf))],
  };
}

const receivesOf = ({ receives }: MessageReceipt): number => receives;

/** An array as Postgres reads it. */
function listOf(values: readonly number[]): string {
  return `{${values.join(',')}}`;
}

function numbersIn(rows: Rows | undefined): number[] {
  return (rows?.rows ?? []).map(([number]) => Number(number));
}

/** In the order in which they were sent: an update returns its rows in any. */
function messagesIn(rows: Rows | undefined): TakenMessage[] {
  const messages = (rows?.rows ?? []).map(
    ([number, id, source, type, key, data, traceparent, receives, sentAtMs]): TakenMessage => ({
      number: Number(number),
      id: id ?? '',
      source: source ?? '',
      type: type ?? '',
      key: key ?? null,
      data: JSON.parse(data ?? 'null') as unknown,
      traceparent: traceparent ?? null,
      receives: Number(receives),
      sentAtMs: Number(sentAtMs),
    }),
  );
  return messages.sort((a, b) => a.number - b.number);
}
