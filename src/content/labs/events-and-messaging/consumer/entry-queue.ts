/**
 * The queue of the last part: a batch is all that there is, in order, several of one key too, as an SQS FIFO queue
 * hands it out. What was taken three times and failed is set aside; after that its key goes on without it. What only
 * stood behind a failure is not blamed for it.
 */

import { CheckFailure } from '#faas/labs/check-failure.ts';
import type { HandedAnswer } from '#faas/labs/entry-calls.ts';

export interface QueuedEntry {
  readonly id: string;
  readonly key: string;
  readonly text: string;
}

const MAX_RECEIVES = 3;
/** Whoever tries more often never ends. */
const MOST_TRIES = 20;

export class EntryQueue {
  live: readonly QueuedEntry[];
  readonly dead: string[] = [];
  /** Ids, in the order in which they were added. */
  readonly added: string[] = [];
  /** What the first delivery has added. */
  firstRound: readonly string[] = [];
  readonly #all: readonly QueuedEntry[];
  readonly #fails: Readonly<Record<string, number>>;
  /** How often each was tried in vain. */
  readonly #failures = new Map<string, number>();
  /** What was tried in each delivery, and how it went. */
  readonly #rounds: string[][] = [];

  /** @param fails how often adding an entry fails, by id; who is not named never fails */
  constructor(all: readonly QueuedEntry[], fails: Readonly<Record<string, number>>) {
    [this.live, this.#all, this.#fails] = [all, all, fails];
  }

  take(): readonly QueuedEntry[] {
    this.#rounds.push([]);
    return this.live;
  }

  /** @param again ids that come again; null when the whole batch failed */
  settle(batch: readonly QueuedEntry[], again: unknown): void {
    if (this.#rounds.length === 1) this.firstRound = [...this.added];
    const named = Array.isArray(again) ? again : batch.map(({ id }) => id);
    const isSpent = ({ id }: QueuedEntry): boolean => (this.#failures.get(id) ?? 0) >= MAX_RECEIVES;
    const left = batch.filter(({ id }) => named.includes(id));
    this.dead.push(...left.filter(isSpent).map(({ id }) => id));
    this.live = left.filter((entry) => !isSpent(entry));
  }

  /** A line for each delivery: `delivery 1: a1 added, a2 failed`. */
  get told(): string {
    const lines = this.#rounds.map(
      (tries, index) => `delivery ${index + 1}: ${tries.join(', ') || 'nothing was tried'}`,
    );
    return lines.join('\n');
  }

  addedOf(key: string): string[] {
    return this.added.filter((id) => this.#all.find((entry) => entry.id === id)?.key === key);
  }

  readonly answer = (_handed: string, [entry]: readonly unknown[]): HandedAnswer => {
    const { id } = entry as QueuedEntry;
    const failures = this.#failures.get(id) ?? 0;
    if (failures > MOST_TRIES) {
      throw new CheckFailure({
        what: `how often ${id} is tried, which can never be added`,
        expected: 'once in each delivery, and three times in all',
        came: `more than ${MOST_TRIES} times`,
      });
    }
    if (failures < (this.#fails[id] ?? 0)) {
      this.#failures.set(id, failures + 1);
      this.#rounds.at(-1)?.push(`${id} failed`);
      return { error: `${id} cannot be added` };
    }
    this.added.push(id);
    this.#rounds.at(-1)?.push(`${id} added`);
    return { value: null };
  };
}
