/**
 * One click that becomes several calls, on a virtual clock: nested (each function calls the next) or
 * orchestrated (one calls them all, and undoes what was done when one fails). It says how many calls are
 * made, how long the answer takes, and what it is, as the functions of the checkout behave.
 */

import { hexId } from '../core/trace/ids.ts';
import type { TraceEvent } from '../core/trace/trace.ts';

/** A function of the composition, and how it is called. */
export interface ComposedHop {
  readonly name: string;
  /** How long it works, in ms. */
  readonly waitMs: number;
  /** How often its caller tries, at the most. Integer ≥ 1. @default 1 */
  readonly tries?: number;
  /** Passes before the second try, in ms; twice as long before each further one. @default 0 */
  readonly backoffMs?: number;
  /** How long each try waits for it, in ms. @default Infinity */
  readonly timeoutMs?: number;
  /** It refuses every call. @default false */
  readonly isDown?: boolean;
  /** It can take nothing back. @default false */
  readonly isStuck?: boolean;
  /** It has an effect that can be taken back. @default true */
  readonly hasEffect?: boolean;
}

/** What is composed, and how. */
export interface Composition {
  readonly shape: 'nested' | 'orchestrated';
  /** In their order; nested, the first is called from outside. At least one. */
  readonly hops: readonly ComposedHop[];
  /** How long the answer is waited for in all, in ms. @default Infinity */
  readonly deadlineMs?: number;
  /** What each call takes beside the work of its function, in ms. @default 0 */
  readonly callMs?: number;
  /** Name of the function that calls them all. @default 'checkout' */
  readonly coordinator?: string;
}

/** A call as the model makes it. Times in ms since the click. */
export interface ComposedCallMade {
  readonly name: string;
  readonly method: 'POST' | 'DELETE';
  readonly fromMs: number;
  /** When the function ended, whether or not somebody still waited for it. */
  readonly toMs: number;
  readonly status: number;
  readonly calls: readonly ComposedCallMade[];
}

/** What comes of it. */
export interface ComposedOutcome {
  readonly root: ComposedCallMade;
  /** How often each function was called; undoing is not counted. */
  readonly counts: Readonly<Record<string, number>>;
  /** From the click to its answer. */
  readonly latencyMs: number;
  readonly status: number;
}

/** After these the same call may go better. */
const MAY_REPEAT = [502, 503, 504];

/** Lets the composition happen. */
export function composedCall(composition: Composition): ComposedOutcome {
  const { shape, deadlineMs = Infinity } = composition;
  const clock = new Composed(composition);
  const root =
    shape === 'nested' ? clock.hop(0, 0, deadlineMs, true) : clock.orchestrated(deadlineMs);
  const counts: Record<string, number> = {};
  for (const { name, method } of allOf(root)) {
    if (method === 'POST') counts[name] = (counts[name] ?? 0) + 1;
  }
  return { root, counts, latencyMs: root.toMs, status: root.status };
}

function* allOf(call: ComposedCallMade): Generator<ComposedCallMade> {
  yield call;
  for (const made of call.calls) yield* allOf(made);
}

/** How calling a hop ended for its caller. */
interface Tried {
  readonly calls: ComposedCallMade[];
  readonly atMs: number;
  /** `unknown`: given up, or without a word on what was done; `late`: no time was left to call. */
  readonly is: 'done' | 'refused' | 'unknown' | 'late';
}

class Composed {
  readonly #hops: readonly ComposedHop[];
  readonly #callMs: number;
  readonly #coordinator: string;

  constructor({ hops, callMs = 0, coordinator = 'checkout' }: Composition) {
    this.#hops = hops;
    this.#callMs = callMs;
    this.#coordinator = coordinator;
  }

  /** @param untilMs its deadline @param isChain whether it calls the next one */
  hop(index: number, fromMs: number, untilMs: number, isChain: boolean): ComposedCallMade {
    const { name, waitMs, isDown = false } = this.#hop(index);
    const ended = (toMs: number, status: number, calls: ComposedCallMade[] = []) =>
      ({ name, method: 'POST', fromMs, toMs, status, calls }) as const;
    if (isDown) return ended(fromMs, 503);
    if (fromMs + waitMs > untilMs) return ended(Math.max(fromMs, untilMs), 504);
    const doneMs = fromMs + waitMs;
    if (!isChain || index === this.#hops.length - 1) return ended(doneMs, 200);
    const { is, atMs, calls } = this.#try(index + 1, doneMs, untilMs, true);
    return ended(atMs, is === 'done' ? 200 : is === 'late' ? 504 : 502, calls);
  }

  orchestrated(untilMs: number): ComposedCallMade {
    const calls: ComposedCallMade[] = [];
    const toUndo: number[] = [];
    let atMs = 0;
    let status = 200;
    for (const index of this.#hops.keys()) {
      const tried = this.#try(index, atMs, untilMs, false);
      calls.push(...tried.calls);
      atMs = tried.atMs;
      const mayBeDone = tried.is === 'done' || tried.is === 'unknown';
      if (mayBeDone && this.#hop(index).hasEffect !== false) toUndo.unshift(index);
      if (tried.is === 'done') continue;
      status = 502;
      for (const step of toUndo) {
        const undone = this.#undo(step, atMs);
        calls.push(...undone);
        atMs = undone.at(-1)?.toMs ?? atMs;
      }
      break;
    }
    return { name: this.#coordinator, method: 'POST', fromMs: 0, toMs: atMs, status, calls };
  }

  #hop(index: number): ComposedHop {
    const hop = this.#hops[index];
    if (hop === undefined) throw new RangeError(`A composition has no hop ${index}.`);
    return hop;
  }

  #try(index: number, fromMs: number, untilMs: number, isChain: boolean): Tried {
    const { tries = 1, backoffMs = 0, timeoutMs = Infinity } = this.#hop(index);
    const calls: ComposedCallMade[] = [];
    let atMs = fromMs;
    /** Whether some try may have been done: then so may the step, whatever is said of later tries. */
    let isUnknown = false;
    for (let tried = 1; ; tried += 1) {
      const leftMs = untilMs - atMs;
      if (leftMs <= 0) return { calls, atMs, is: isUnknown ? 'unknown' : 'late' };
      const begunMs = atMs + this.#callMs;
      // The callee is told how much is left, and its clock begins when it does.
      const made = this.hop(index, begunMs, begunMs + leftMs, isChain);
      calls.push(made);
      const patienceMs = Math.min(timeoutMs, leftMs);
      const isGivenUp = made.toMs - atMs > patienceMs;
      atMs = isGivenUp ? atMs + patienceMs : made.toMs;
      if (!isGivenUp && made.status === 200) return { calls, atMs, is: 'done' };
      const mayRepeat = isGivenUp || MAY_REPEAT.includes(made.status);
      isUnknown ||= isGivenUp || made.status !== 503;
      if (!mayRepeat || tried >= tries) {
        return { calls, atMs, is: isUnknown ? 'unknown' : 'refused' };
      }
      atMs += Math.min(Math.max(0, untilMs - atMs), backoffMs * 2 ** (tried - 1));
    }
  }

  /** Takes no time but the calls' own. */
  #undo(index: number, fromMs: number): ComposedCallMade[] {
    const { name, tries = 1, backoffMs = 0, isStuck = false } = this.#hop(index);
    const calls: ComposedCallMade[] = [];
    let atMs = fromMs;
    for (let tried = 1; tried <= tries; tried += 1) {
      atMs += this.#callMs;
      const status = isStuck ? 503 : 200;
      calls.push({ name, method: 'DELETE', fromMs: atMs, toMs: atMs, status, calls: [] });
      if (!isStuck) break;
      if (tried < tries) atMs += backoffMs * 2 ** (tried - 1);
    }
    return calls;
  }
}

/** The events of such a click, as a platform with warm instances would tell them. */
export function composedEvents({ root }: ComposedOutcome): TraceEvent[] {
  let last = 0;
  const word = (): number => (last += 1);
  const trace = hexId('trace', word);
  const events: TraceEvent[] = [];
  const tell = (call: ComposedCallMade, parent: string | null): void => {
    const { name, method, fromMs, toMs, status } = call;
    const route = `/api/${name}`;
    const span = hexId('span', word);
    const subject = { kind: 'function', name: route, revision: 'model' } as const;
    const of = { subject, request: `model-${span}`, trace, span, parent };
    const instance = name;
    events.push({ type: 'request.queued', at: fromMs, ...of, method, url: route });
    const begun = { instance, cold: false, queueMs: 0, served: 1 };
    events.push({ type: 'request.started', at: fromMs, ...of, ...begun });
    for (const made of call.calls) tell(made, span);
    const used = { handlerMs: toMs - fromMs, cpuMs: 0, memoryMb: null };
    events.push({ type: 'request.done', at: toMs, ...of, instance, status, ...used });
  };
  tell(root, null);
  return events.sort((a, b) => a.at - b.at);
}

/** How often a composition answers, when each of its functions does with this share, independently. */
export interface ComposedShares {
  readonly shape: Composition['shape'];
  /** Share of calls that each function answers when all behind it do, from 0 to 1, in their order. */
  readonly answers: readonly number[];
  /** How often each is tried, at the most; the first of a nested chain is called once. @default 1 */
  readonly tries?: number;
}

/** What comes of a click on average. */
export interface ComposedMean {
  /** Share of clicks that are answered. */
  readonly answered: number;
  /** Calls of each function for one click, in their order. */
  readonly calls: readonly number[];
}

/** All functions are needed, and none fails because another does. */
export function composedMean({ shape, answers, tries = 1 }: ComposedShares): ComposedMean {
  const within = (share: number): number => 1 - (1 - share) ** tries;
  // Tries until the first that is answered, and no more than there may be.
  const triesFor = (share: number): number => (share === 0 ? tries : within(share) / share);
  const calls: number[] = [];
  if (shape === 'orchestrated') {
    let reached = 1;
    for (const share of answers) {
      calls.push(reached * triesFor(share));
      reached *= within(share);
    }
    return { answered: reached, calls };
  }
  /** Share of calls of each function that are answered with all that is behind it. */
  const whole = answers.toReversed().reduce<number[]>((after, share) => {
    const [next] = after;
    return [next === undefined ? share : share * within(next), ...after];
  }, []);
  let made = 1;
  for (const [index, share] of answers.entries()) {
    calls.push(made);
    made *= share * triesFor(whole[index + 1] ?? 1);
  }
  return { answered: whole[0] ?? 1, calls };
}
