/**
 * The shop of this lab: three services that each do one thing for an order, and the log of its
 * coordinator. A service goes by the key of a call: the same key is the same doing, whenever it comes.
 */

import type { HandedAnswer } from '#faas/labs/entry-calls.ts';
import type { Outside } from '#faas/labs/shared-world.ts';

/** In their order. */
export const SHOP_STEPS = ['cart', 'pay', 'ship'] as const;
export type ShopStep = (typeof SHOP_STEPS)[number];

const STATES = ['begun', 'done', 'refused', 'unknown', 'undone', 'kept'] as const;

/** A line of the coordinator's log. */
export interface ShopLine {
  readonly step: ShopStep;
  readonly is: (typeof STATES)[number];
}

/** What goes wrong at a service; at first nothing does. */
export interface ServiceTrouble {
  /** It does nothing, and says so, each time it is asked. */
  readonly refuses?: boolean;
  /** No answer comes to the first call: it has been done, or it will be when {@link SmallShop.arrive} is called. */
  readonly loses?: 'the answer' | 'the way';
  /** So many times it fails to take something back. */
  readonly undoFails?: number;
}

/** Something that a service did or took back, as `pay 17`. */
export interface ShopDeed {
  readonly does: 'do' | 'undo';
  readonly what: string;
}

export class SmallShop {
  readonly log: ShopLine[];
  readonly history: ShopDeed[] = [];
  /** What the services were asked, in this order: `act pay 17`, `takeBack pay 17`. */
  readonly asked: string[] = [];
  readonly #trouble: Partial<Record<ShopStep, ServiceTrouble>>;
  readonly #done = new Set<string>();
  /** Taken back: what comes under it later is refused. */
  readonly #marks = new Set<string>();
  readonly #underWay: string[] = [];
  readonly #lost = new Set<ShopStep>();
  readonly #undoFailed = new Map<ShopStep, number>();

  /** @param log what stands in it when the shop opens; a step that is done there was done under key 17 */
  constructor(
    trouble: Partial<Record<ShopStep, ServiceTrouble>> = {},
    log: readonly ShopLine[] = [],
  ) {
    this.#trouble = trouble;
    this.log = [...log];
    for (const { step, is } of log) {
      if (is === 'done') this.#done.add(`${step} 17`);
      if (is === 'undone') this.#done.delete(`${step} 17`);
    }
  }

  /** What has been done and not taken back, in the order in which it was done. */
  get effects(): readonly string[] {
    return [...this.#done];
  }

  /** What was still under way comes to its service. */
  arrive(): void {
    for (const what of this.#underWay.splice(0)) this.#do(what);
  }

  readonly answer: Outside = (handed, [first, second]): HandedAnswer => {
    if (handed === 'read') return { value: this.log };
    if (handed === 'write') return this.#write(first, second);
    const step = SHOP_STEPS.find((one) => one === first);
    if (step === undefined) {
      const found = JSON.stringify(first);
      return {
        error: `${handed}(step, key) takes a step, one of ${SHOP_STEPS.join(', ')}, not ${found}.`,
      };
    }
    if (typeof second !== 'string' || second === '') {
      return {
        error: `${handed}('${step}', key) takes a key, a text, not ${JSON.stringify(second)}.`,
      };
    }
    const what = `${step} ${second}`;
    this.asked.push(`${handed} ${what}`);
    if (handed === 'isDone') return { value: this.#done.has(what) };
    return { value: handed === 'act' ? this.#act(step, what) : this.#takeBack(step, what) };
  };

  #write(line: unknown, place: unknown): HandedAnswer {
    const { step, is } = (line ?? {}) as Partial<ShopLine>;
    const isLine = SHOP_STEPS.some((one) => one === step) && STATES.some((one) => one === is);
    if (!isLine || typeof place !== 'number') {
      const found = `write(${JSON.stringify(line)}, ${JSON.stringify(place)})`;
      return {
        error: `A line is { step, is }, and its place a number. Expected ${STATES.join(', ')}; found ${found}.`,
      };
    }
    const isFree = place === this.log.length;
    if (isFree) this.log.push({ step, is } as ShopLine);
    return { value: isFree };
  }

  #act(step: ShopStep, what: string): 'done' | 'refused' | 'unknown' {
    const { refuses = false, loses } = this.#trouble[step] ?? {};
    if (refuses || this.#marks.has(what)) return 'refused';
    if (loses === undefined || this.#lost.has(step)) return this.#do(what);
    this.#lost.add(step);
    if (loses === 'the way') this.#underWay.push(what);
    else this.#do(what);
    return 'unknown';
  }

  #do(what: string): 'done' | 'refused' {
    if (this.#marks.has(what)) return 'refused';
    if (!this.#done.has(what)) this.history.push({ does: 'do', what });
    this.#done.add(what);
    return 'done';
  }

  #takeBack(step: ShopStep, what: string): 'undone' | 'failed' {
    const failed = this.#undoFailed.get(step) ?? 0;
    if (failed < (this.#trouble[step]?.undoFails ?? 0)) {
      this.#undoFailed.set(step, failed + 1);
      return 'failed';
    }
    this.#marks.add(what);
    if (this.#done.delete(what)) this.history.push({ does: 'undo', what });
    return 'undone';
  }
}
