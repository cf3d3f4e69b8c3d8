/**
 * Brings the messages of one queue to one function: takes as many as there are calls free, calls, and says
 * of each message whether it is done. Nothing is asked of the queue while it has nothing to give: a look is
 * made when something was sent, when a call has ended, and when a hidden message can be seen again.
 */

import type { HeaderList } from '../../api.ts';
import type { Clock } from '../../core/time/clock.ts';
import { Alarm } from '../../core/time/alarm.ts';
import type { Filled } from '../../core/option.ts';
import { batchOutcome, type BatchOutcome } from '../../core/queue/batch-answer.ts';
import { binaryEvent, eventBatch, structuredEvent } from '../../core/queue/cloud-event.ts';
import type { TakenMessage } from '../../core/queue/queue-message.ts';
import type { QUEUE_OPTIONS } from '../../core/queue/queue-options.ts';
import { retryDelayS } from '../../core/queue/retry.ts';
import type { NewId } from '../../core/trace/ids.ts';
import { formatTraceparent, parseTraceparent, type Span } from '../../core/trace/span.ts';
import type { QueueSubject, TraceEvent } from '../../core/trace/trace.ts';
import type { Body, RequestMessage, ResponseMessage } from '../../drivers/protocol.ts';
import type { QueueBurden, QueueCounts, QueueTable } from './queue-table.ts';

/** What a delivery needs of its queue. */
export type DeliveredQueue = Pick<
  QueueTable,
  'name' | 'take' | 'done' | 'doneAndTake' | 'giveUp' | 'counts' | 'burden'
>;

/** What a delivery is made with. */
export interface DeliveryOptions {
  readonly queue: DeliveredQueue;
  /** URL of the function: `/api/consumer`. */
  readonly route: string;
  readonly settings: Filled<typeof QUEUE_OPTIONS>;
  /** Calls it. A rejection counts as a failure of all that it was called with. */
  readonly call: (request: RequestMessage) => Promise<ResponseMessage>;
  readonly clock: Clock;
  readonly newId: NewId;
  /** In [0, 1). */
  readonly random: () => number;
  readonly emit: (event: TraceEvent) => void;
}

/** How a delivery stands. */
export interface DeliveryState {
  /** Calls that run. */
  readonly running: number;
  /** As of the last look that found nothing to take; null before. */
  readonly counts: QueueCounts | null;
  /** When it looks again by itself, in ms since the Unix epoch; null when it does not. */
  readonly looksAt: number | null;
  /** What the database said when it could not be asked; null when it could. */
  readonly trouble: string | null;
  /** What makes every look slower, and what to do; null when nothing does. */
  readonly burden: string | null;
}

/** What is read of an answer, in bytes. */
const MOST_ANSWER_BYTES = 1_000_000;

/** Time until it looks again after it could not, in ms; doubled with each failure up to the most. */
const TROUBLE_MS = 500;
const MOST_TROUBLE_MS = 30_000;

/** Shortest time to the next look: what is due may be locked for a moment. In ms. */
const LEAST_MS = 20;

/** How often it asks what lies in the way, while it works. In ms. */
const WEIGH_MS = 30_000;

/** What is worth a sentence. */
const HEAVY = { deadRows: 20_000, transactionS: 30 } as const;

/** How often an outcome is said to a database that does not answer. Then the message comes once more. */
const MOST_TRIES = 6;

interface Delivered {
  readonly message: TakenMessage;
  readonly span: Span;
}

/** Delivers until it is stopped. */
export class QueueDelivery {
  readonly route: string;
  readonly #options: DeliveryOptions;
  readonly #subject: QueueSubject;
  readonly #alarm: Alarm;
  #looksAt: number | null = null;
  #counts: QueueCounts | null = null;
  #running = 0;
  /** A look is wanted. */
  #isWanted = false;
  #isLooking = false;
  #isStopped = false;
  /** Failures in a row. */
  #failures = 0;
  #trouble: string | null = null;
  #burden: string | null = null;
  #burdenAt = -Infinity;
  #whenQuiet: (() => void)[] = [];

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.route = options.route;
    this.#subject = { kind: 'queue', name: options.queue.name };
    this.#alarm = new Alarm(options.clock, () => this.look());
  }

  get name(): string {
    return this.#subject.name;
  }

  get state(): DeliveryState {
    return {
      running: this.#running,
      counts: this.#counts,
      looksAt: this.#looksAt,
      trouble: this.#trouble,
      burden: this.#burden,
    };
  }

  /** Whether the last look found no message at all, and nobody has asked for another since. */
  get isEmpty(): boolean {
    return this.#isQuiet && !this.#isWanted && this.#counts?.live === 0;
  }

  /** There may be something to take. */
  look(): void {
    if (this.#isStopped) return;
    this.#isWanted = true;
    this.#alarm.clear();
    this.#looksAt = null;
    if (!this.#isLooking) void this.#lookOn();
  }

  /** Takes nothing more. Resolves when the outcome of every call has been said. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#alarm.clear();
    this.#looksAt = null;
    if (this.#isQuiet) return;
    await new Promise<void>((resolve) => this.#whenQuiet.push(resolve));
  }

  get #isQuiet(): boolean {
    return !this.#isLooking && this.#running === 0;
  }

  get #mayTake(): boolean {
    return this.#isWanted && !this.#isStopped && this.#running < this.#options.settings.consumers;
  }

  async #lookOn(): Promise<void> {
    this.#isLooking = true;
    try {
      while (this.#mayTake) {
        this.#isWanted = false;
        await this.#takeSome();
      }
      this.#failures = 0;
      this.#trouble = null;
    } catch (error) {
      this.#trouble = (error as Error).message;
      this.#lookIn(Math.min(TROUBLE_MS * 2 ** this.#failures, MOST_TROUBLE_MS));
      this.#failures += 1;
    } finally {
      this.#isLooking = false;
      this.#becameQuiet();
    }
  }

  async #takeSome(): Promise<void> {
    const { queue, settings } = this.#options;
    const { batch, consumers, visibilityS, maxReceives } = settings;
    const most = batch * (consumers - this.#running);
    const { taken, setAside } = await queue.take({ most, visibilityS, maxReceives });
    this.#tellSetAside(setAside);
    for (let first = 0; first < taken.length; first += batch) {
      void this.#deliver(taken.slice(first, first + batch));
    }
    await this.#weigh();
    if (taken.length === most) return;
    this.#counts = await queue.counts();
    // A look that was asked for meanwhile comes first.
    if (!this.#isWanted) this.#lookIn(this.#counts.dueInS * 1000);
  }

  /** Asks now and then what lies in the way. */
  async #weigh(): Promise<void> {
    const now = this.#options.clock.now();
    if (now - this.#burdenAt < WEIGH_MS) return;
    this.#burdenAt = now;
    this.#burden = burdenText(await this.#options.queue.burden());
  }

  #lookIn(ms: number): void {
    if (this.#isStopped || ms === Infinity) return;
    this.#looksAt = this.#options.clock.now() + Math.max(ms, LEAST_MS);
    this.#alarm.clear();
    this.#alarm.set(this.#looksAt);
  }

  /** Calls with these, and as long as all goes well with the next ones. */
  async #deliver(messages: readonly TakenMessage[]): Promise<void> {
    this.#running += 1;
    const { visibilityS } = this.#options.settings;
    try {
      let next = messages;
      while (next.length > 0) {
        const delivered = next.map((message) => ({ message, span: this.#spanOf(message) }));
        for (const one of delivered) this.#tell('message.taken', one, visibilityS);
        next = await this.#settle(delivered, await this.#callWith(delivered));
      }
    } catch (error) {
      // The messages come again when their time is over.
      this.#trouble = (error as Error).message;
    } finally {
      this.#running -= 1;
      this.look();
      this.#becameQuiet();
    }
  }

  async #callWith(delivered: readonly Delivered[]): Promise<BatchOutcome> {
    const { call, route, settings } = this.#options;
    const messages = delivered.map(({ message }) => message);
    const [first] = delivered;
    if (first === undefined) return { done: [], failed: [], why: null };
    const isBatch = settings.batch > 1;
    const single = settings.mode === 'binary' ? binaryEvent : structuredEvent;
    const { headers, body } = isBatch ? eventBatch(messages) : single(first.message);
    const { trace, span } = first.span;
    const traceparent = formatTraceparent({ trace, parent: span, sampled: true });
    const bytes = new TextEncoder().encode(body);
    const all: HeaderList = [
      ...headers,
      ['content-length', String(bytes.byteLength)],
      ['traceparent', traceparent],
    ];
    try {
      const answer = await call({ method: 'POST', url: route, headers: all, body: bytes });
      return batchOutcome(messages, answer.status, await textOf(answer.body));
    } catch (error) {
      return { done: [], failed: messages, why: `The call failed: ${(error as Error).message}` };
    }
  }

  /**
   * Says what became of each message, and which of them somebody else has by now.
   * @returns messages that were taken for the next call
   */
  async #settle(
    delivered: readonly Delivered[],
    outcome: BatchOutcome,
  ): Promise<readonly TakenMessage[]> {
    const { queue, settings, random } = this.#options;
    const { done, failed, why } = outcome;
    if (failed.length === 0 && !this.#isStopped) {
      const { batch: most, visibilityS, maxReceives } = settings;
      const options = { most, visibilityS, maxReceives };
      const next = await this.#persist(() => queue.doneAndTake(done, options));
      for (const one of delivered) {
        const isDone = next.done.includes(one.message.number);
        this.#tell(isDone ? 'message.done' : 'message.late', one, null);
      }
      this.#tellSetAside(next.setAside);
      return next.taken;
    }
    const waits = new Map(
      failed.map((message) => [message, retryDelayS(settings, message.receives, random)]),
    );
    const counted = new Set([
      ...(done.length === 0 ? [] : await this.#persist(() => queue.done(done))),
      ...(failed.length === 0
        ? []
        : await this.#persist(() => queue.giveUp(failed, [...waits.values()]))),
    ]);
    for (const one of delivered) {
      const wait = waits.get(one.message) ?? null;
      if (!counted.has(one.message.number)) this.#tell('message.late', one, null);
      else if (wait === null) this.#tell('message.done', one, null);
      else this.#tell('message.given-up', one, wait, why);
    }
    return [];
  }

  /** Saying it twice does no harm. */
  async #persist<Said>(say: () => Promise<Said>): Promise<Said> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await say();
      } catch (error) {
        if (tries === MOST_TRIES || this.#isStopped) throw error;
        const { promise, resolve } = Promise.withResolvers<undefined>();
        this.#options.clock.after(TROUBLE_MS * 2 ** (tries - 1), () => resolve(undefined));
        await promise;
      }
    }
  }

  #tellSetAside(messages: readonly TakenMessage[]): void {
    for (const message of messages) {
      const why = `It was received ${message.receives} times, the most there may be, and nobody said that it is done.`;
      this.#tell('message.set-aside', { message, span: this.#spanOf(message) }, null, why);
    }
  }

  /** The delivery is a child of the call that sent the message. */
  #spanOf({ traceparent }: TakenMessage): Span {
    const { newId } = this.#options;
    const sender = traceparent === null ? null : parseTraceparent(traceparent);
    return {
      trace: sender?.trace ?? newId('trace'),
      span: newId('span'),
      parent: sender?.parent ?? null,
    };
  }

  #tell(
    type: Extract<TraceEvent, { message: number }>['type'],
    { message, span }: Delivered,
    hiddenS: number | null,
    why: string | null = null,
  ): void {
    const { emit, clock } = this.#options;
    const { number, id, key, receives } = message;
    const of = { message: number, event: id, key, receives, hiddenS, why };
    emit({ type, at: clock.now(), subject: this.#subject, ...span, ...of });
  }

  #becameQuiet(): void {
    if (!this.#isQuiet) return;
    for (const resolve of this.#whenQuiet.splice(0)) resolve();
  }
}

function burdenText({ deadRows, oldestTransactionS }: QueueBurden): string | null {
  if (deadRows < HEAVY.deadRows || oldestTransactionS < HEAVY.transactionS) return null;
  return `A transaction has been open for ${Math.round(oldestTransactionS)} s, and the ${deadRows} rows of the table that are gone since cannot be cleared away: each look is slower. End it: select pid, query from pg_stat_activity order by xact_start.`;
}

/** Text of an answer, as far as it is read; the rest is drained. */
async function textOf(body: Body): Promise<string> {
  if (body === null) return '';
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes <= MOST_ANSWER_BYTES) text += decoder.decode(chunk, { stream: true });
  }
  return text;
}
