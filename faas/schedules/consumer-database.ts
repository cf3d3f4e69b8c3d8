/**
 * What a consumer changes: a database with effects and a memory of events, in which several statements can
 * be one transaction; and a receiver outside of it, a card company, which remembers the keys it was given.
 */

/** What a consumer can ask for. `look` and `claim` are steps of their own, whatever transaction is open. */
export const CONSUMER_VERBS = [
  'begin',
  'look',
  'remember',
  'claim',
  'act',
  'charge',
  'commit',
  'done',
] as const;

export type ConsumerVerb = (typeof CONSUMER_VERBS)[number];

/** What a step came to. `waits`: another transaction has written the same memory, and is not over. */
export type StepOutcome = { readonly value: unknown } | { readonly error: string } | 'waits';

interface Transaction {
  readonly memory: Set<string>;
  readonly effects: EffectRow[];
}

/** An effect that is there for good. */
export interface EffectRow {
  /** Place of its event in `SENT_EVENTS`. */
  readonly event: number;
  /** Number of the delivery that did it. */
  readonly delivery: number;
}

/** One database, and one card company. A delivery is one connection. */
export class ConsumerDatabase {
  readonly #effects: EffectRow[] = [];
  readonly #memory = new Set<string>();
  readonly #charged = new Set<string>();
  /** By delivery. */
  readonly #open = new Map<number, Transaction>();

  /** Those that were committed, in order. */
  get effects(): readonly EffectRow[] {
    return this.#effects;
  }

  /**
   * One step, whole. @param event place of the delivery's event in `SENT_EVENTS`
   * @param given what the consumer handed over
   */
  step(
    verb: Exclude<ConsumerVerb, 'done'>,
    row: EffectRow,
    given: readonly unknown[],
  ): StepOutcome {
    const { delivery } = row;
    const open = this.#open.get(delivery);
    switch (verb) {
      case 'begin':
        if (open) return { error: 'There is a transaction already: begin was called twice.' };
        this.#open.set(delivery, { memory: new Set(), effects: [] });
        return { value: null };
      case 'commit':
        if (!open) return { error: 'There is no transaction to commit: call begin first.' };
        this.#effects.push(...open.effects);
        for (const key of open.memory) this.#memory.add(key);
        this.#open.delete(delivery);
        return { value: null };
      case 'look':
        return { value: this.#memory.has(keyOf(given)) };
      case 'claim':
      case 'remember':
        return this.#remember(keyOf(given), delivery, verb === 'claim' ? undefined : open);
      case 'act':
        (open?.effects ?? this.#effects).push(row);
        return { value: null };
      case 'charge':
        return this.#charge(row, given);
    }
  }

  /** Whether a delivery has begun what it has not committed. */
  isOpen(delivery: number): boolean {
    return this.#open.has(delivery);
  }

  /** A connection is gone: what it had not committed never was. */
  leave(delivery: number): void {
    this.#open.delete(delivery);
  }

  /** True where nobody has remembered the key before. */
  #remember(key: string, delivery: number, open: Transaction | undefined): StepOutcome {
    const held = [...this.#open].some(
      ([other, { memory }]) => other !== delivery && memory.has(key),
    );
    if (held) return 'waits';
    const isNew = !this.#memory.has(key) && open?.memory.has(key) !== true;
    if (isNew) (open?.memory ?? this.#memory).add(key);
    return { value: isNew };
  }

  /** No transaction of ours reaches the card company. What came under a key before is not done again. */
  #charge(row: EffectRow, [, , key]: readonly unknown[]): StepOutcome {
    if (key !== undefined && key !== null) {
      const text = typeof key === 'string' ? key : JSON.stringify(key);
      if (this.#charged.has(text)) return { value: 'charged before' };
      this.#charged.add(text);
    }
    this.#effects.push(row);
    return { value: 'charged' };
  }
}

/** What events are told apart by: all that is handed over. */
function keyOf(given: readonly unknown[]): string {
  return JSON.stringify(given);
}
