/**
 * The life of a queue's messages. Five verbs: `send`; `take`, which hides a message for a time; `done`,
 * which removes it; `giveUp`, which says when it may be seen again; `setAside`, which puts what was
 * received too often among the dead letters. `api/_migrations/0004-messages.sql` has the same as five
 * statements, and the same stories are told to both.
 */

import type { Clock } from '../time/clock.ts';
import type { MessageContent, MessageReceipt, TakenMessage, TakeOptions } from './queue-message.ts';

interface Entry {
  readonly number: number;
  readonly content: MessageContent;
  readonly sentAtMs: number;
  /** When it can be taken. */
  visibleAtMs: number;
  receives: number;
}

/** One queue, in memory. */
export class MessageQueue {
  readonly #clock: Pick<Clock, 'now'>;
  /** In the order in which they were sent. */
  readonly #live = new Map<number, Entry>();
  readonly #dead = new Map<number, Entry>();
  /** Numbers of live messages of each key, in order; no list is empty. */
  readonly #ofKey = new Map<string, number[]>();
  /** Source and id of each message that is here, live or dead. */
  readonly #known = new Map<string, number>();
  #last = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /**
   * Adds a message, unless one of the same source and id is here, live or dead.
   *
   * @param delayS time until it can be taken
   * @returns its number; null when it was here already
   */
  send(content: MessageContent, delayS = 0): number | null {
    const identity = identityOf(content);
    if (this.#known.has(identity)) return null;
    const number = ++this.#last;
    const sentAtMs = this.#clock.now();
    const visibleAtMs = sentAtMs + delayS * 1000;
    this.#known.set(identity, number);
    this.#live.set(number, { number, content, sentAtMs, visibleAtMs, receives: 0 });
    const { key } = content;
    if (key !== null) this.#ofKey.set(key, [...(this.#ofKey.get(key) ?? []), number]);
    return number;
  }

  /**
   * Takes the oldest messages that can be seen. A message waits for every earlier live one of its key,
   * one that is hidden too; so a batch has at most one message of a key.
   */
  take({ most, visibilityS, maxReceives }: TakeOptions): TakenMessage[] {
    const now = this.#clock.now();
    const taken: TakenMessage[] = [];
    for (const entry of this.#live.values()) {
      if (taken.length >= most) break;
      if (entry.visibleAtMs > now || entry.receives >= maxReceives || !this.#isFirst(entry))
        continue;
      entry.receives += 1;
      entry.visibleAtMs = now + visibilityS * 1000;
      const { number, receives, sentAtMs, content } = entry;
      taken.push({ ...content, number, receives, sentAtMs });
    }
    return taken;
  }

  /**
   * Removes messages whose effect is there. A receipt counts until there is a newer one or the message
   * has been set aside, however late it comes.
   *
   * @returns numbers of those that were removed
   */
  done(receipts: readonly MessageReceipt[]): number[] {
    return receipts.flatMap((receipt) => {
      const entry = this.#heldBy(receipt);
      if (entry === null) return [];
      this.#leave(entry);
      this.#known.delete(identityOf(entry.content));
      return [entry.number];
    });
  }

  /**
   * Says when a message can be taken again: sooner, after a failure, or later, while the work goes on.
   * @returns numbers of those whose receipt still counted
   */
  giveUp(receipts: readonly MessageReceipt[], afterS: number): number[] {
    return receipts.flatMap((receipt) => {
      const entry = this.#heldBy(receipt);
      if (entry === null) return [];
      entry.visibleAtMs = this.#clock.now() + afterS * 1000;
      return [entry.number];
    });
  }

  /**
   * Sets aside the messages that were received so often and can be seen again. They hold up their key
   * no longer.
   *
   * @returns their numbers
   */
  setAside(maxReceives: number): number[] {
    const now = this.#clock.now();
    const spent = [...this.#live.values()].filter(
      ({ receives, visibleAtMs }) => receives >= maxReceives && visibleAtMs <= now,
    );
    for (const entry of spent) {
      this.#leave(entry);
      this.#dead.set(entry.number, entry);
    }
    return spent.map(({ number }) => number);
  }

  /** Messages that are to be delivered, hidden ones too. */
  get live(): readonly MessageContent[] {
    return [...this.#live.values()].map(({ content }) => content);
  }

  /** Messages that were set aside. */
  get dead(): readonly MessageContent[] {
    return [...this.#dead.values()].map(({ content }) => content);
  }

  /** When the next message can be taken or set aside, unless something happens before; Infinity for never. */
  get nextDueMs(): number {
    const first = [...this.#live.values()].filter((entry) => this.#isFirst(entry));
    return Math.min(Infinity, ...first.map(({ visibleAtMs }) => visibleAtMs));
  }

  #isFirst({ number, content: { key } }: Entry): boolean {
    return key === null || this.#ofKey.get(key)?.[0] === number;
  }

  #heldBy({ number, receives }: MessageReceipt): Entry | null {
    const entry = this.#live.get(number);
    return entry?.receives === receives ? entry : null;
  }

  #leave({ number, content: { key } }: Entry): void {
    this.#live.delete(number);
    if (key === null) return;
    const left = this.#ofKey.get(key)?.filter((other) => other !== number) ?? [];
    if (left.length === 0) this.#ofKey.delete(key);
    else this.#ofKey.set(key, left);
  }
}

function identityOf({ source, id }: MessageContent): string {
  return JSON.stringify([source, id]);
}
