/** What the three parts of the guestbook share: a database, a queue, and what customers have. */

import type { HandedAnswer } from '#faas/labs/entry-calls.ts';
import {
  SmallDatabase,
  type EntryRow,
} from '../../state-somewhere-else/guestbook/small-database.ts';

/** A message of the queue. */
export interface StormMessage {
  readonly id: string;
  readonly source: string;
  readonly customer: string;
}

/** One try to deliver a message: the functions that it is handed end in its number, `begin#4`. */
export interface Delivery {
  readonly number: number;
  readonly message: StormMessage;
}

/** What a consumer has done since `begin`. */
interface Transaction {
  readonly remembered: Set<string>;
  readonly acts: string[];
}

const POINTS = 10;
const NOTHING: HandedAnswer = { value: null };

export class StormWorld {
  readonly #database = new SmallDatabase();
  readonly #live = new Map<string, StormMessage>();
  readonly #deliveries: Delivery[] = [];
  readonly #remembered = new Set<string>();
  readonly #open = new Map<number, Transaction>();
  readonly #points = new Map<string, number>();
  #done = 0;

  get posts(): number {
    return this.#database.posts;
  }

  get entries(): readonly EntryRow[] | null {
    return this.#database.entries;
  }

  /** Messages that nobody has said are done. */
  get live(): readonly StormMessage[] {
    return [...this.#live.values()];
  }

  /** Points by customer. */
  get points(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#points].sort());
  }

  /** Sends a message, unless one of its source and id waits already. */
  send(message: StormMessage): void {
    const identity = identityOf(message.source, message.id);
    if (!this.#live.has(identity)) this.#live.set(identity, message);
  }

  /** Takes every message that is live. What an earlier try has not committed is gone with it. */
  deliver(): Delivery[] {
    this.#open.clear();
    return this.live.map((message) => {
      const delivery = { number: this.#deliveries.length, message };
      this.#deliveries.push(delivery);
      return delivery;
    });
  }

  /** Answers each handed-in function; each answer is one step. */
  readonly answer = (handed: string, given: readonly unknown[]): HandedAnswer => {
    const [verb = '', number] = handed.split('#');
    if (verb === 'sql') return this.#database.answer(handed, given);
    if (verb === 'send') {
      const { id, source, customer } = (given[0] ?? {}) as Partial<StormMessage>;
      this.send({ id: String(id), source: String(source), customer: String(customer) });
      return NOTHING;
    }
    return this.#consume(verb, Number(number ?? 0), given.map(String));
  };

  #consume(verb: string, delivery: number, [first = '', second = '']: string[]): HandedAnswer {
    const open = this.#open.get(delivery);
    if (verb === 'begin') this.#open.set(delivery, { remembered: new Set(), acts: [] });
    if (verb === 'act') (open?.acts ?? { push: this.#act }).push(first);
    if (verb === 'done') this.#isDone(delivery);
    if (verb === 'commit') this.#commit(delivery);
    if (verb !== 'remember') return NOTHING;
    const identity = identityOf(first, second);
    const isNew = !this.#remembered.has(identity) && open?.remembered.has(identity) !== true;
    (open?.remembered ?? this.#remembered).add(identity);
    return { value: isNew };
  }

  readonly #act = (customer: string): void => {
    this.#points.set(customer, (this.#points.get(customer) ?? 0) + POINTS);
  };

  #commit(delivery: number): void {
    const { remembered, acts } = this.#open.get(delivery) ?? { remembered: [], acts: [] };
    this.#open.delete(delivery);
    for (const identity of remembered) this.#remembered.add(identity);
    acts.forEach(this.#act);
  }

  /** One “done” in three is lost on its way, and its message comes again. */
  #isDone(delivery: number): void {
    this.#done += 1;
    const message = this.#deliveries[delivery]?.message;
    if (message === undefined || this.#done % 3 === 1) return;
    this.#live.delete(identityOf(message.source, message.id));
  }
}

function identityOf(source: string, id: string): string {
  return JSON.stringify([source, id]);
}
