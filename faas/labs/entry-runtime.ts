/**
 * Makes a function out of a lab's named functions: it takes calls as JSON, runs them, and answers
 * their results and the order in which things happened. It runs inside instances and imports nothing.
 * `entry_runtime.py` is the same in Python.
 */

import type {
  EntryAnswer,
  EntryCall,
  EntryRequest,
  EntryResult,
  EntryStep,
  HandedAnswer,
  HeldAnswer,
  HeldAsk,
  HeldRequest,
  HeldStep,
} from './entry-calls.ts';

/** Steps that may go on after the last call has ended. */
const MOST_LEFT_OVER = 1000;

/** A step that can go on whenever the schedule chooses it. */
interface Waiting {
  readonly goOn: () => void;
}

/** A web-standard handler over the functions that `module` exports. */
export function entryHandler(module: Readonly<Record<string, unknown>>): {
  fetch(request: Request): Promise<Response>;
} {
  const held = new HeldCalls(module);
  return {
    async fetch(request) {
      const asked = (await request.json()) as EntryRequest | HeldRequest;
      const answer = 'held' in asked ? held.steps([asked.held].flat()) : runEntries(module, asked);
      return Response.json(await answer);
    },
  };
}

/** Calls that wait from one request to the next for what they have asked. */
class HeldCalls {
  readonly #module: Readonly<Record<string, unknown>>;
  /** What waits for an answer, by the number of its ask. */
  readonly #waiting = new Map<number, (answer: HandedAnswer) => void>();
  #asked = 0;
  /** How many calls have begun and not ended. */
  #open = 0;
  #asks: HeldAsk[] = [];
  #ends: HeldAnswer['ends'][number][] = [];

  constructor(module: Readonly<Record<string, unknown>>) {
    this.#module = module;
  }

  /** Resolves when every call waits for an answer, for another call, or has ended. */
  async steps(steps: readonly HeldStep[]): Promise<HeldAnswer> {
    for (const step of steps) {
      if ('begin' in step) void this.#begin(step.call, step.begin);
      else this.#waiting.get(step.ask)?.(step.answer);
    }
    do await turn();
    while (this.#open > 0 && this.#waiting.size === 0);
    const answer = { asks: this.#asks, ends: this.#ends };
    [this.#asks, this.#ends] = [[], []];
    return answer;
  }

  async #begin(call: number, begin: EntryCall): Promise<void> {
    this.#open += 1;
    const result = await resultOf(this.#module, begin, (handed) => (...given) => {
      const ask = (this.#asked += 1);
      this.#asks.push({ ask, call, handed, with: plain(given) });
      return new Promise((resolve, reject) => {
        this.#waiting.set(ask, (answer) => {
          this.#waiting.delete(ask);
          settle(answer, resolve, reject);
        });
      });
    });
    this.#open -= 1;
    this.#ends.push({ call, result });
  }
}

/** A function that stands for one that was handed in. */
type HandedIn = (...given: unknown[]) => Promise<unknown>;

/** What one call comes to. */
async function resultOf(
  module: Readonly<Record<string, unknown>>,
  { entry, args }: EntryCall,
  handIn: (name: string) => HandedIn,
): Promise<EntryResult> {
  try {
    const run = module[entry];
    if (typeof run !== 'function') {
      const found = Object.keys(module).join(', ') || 'nothing';
      throw new Error(`The file exports ${found}. Expected a function called ${entry}.`);
    }
    const filled = args.map((arg) => (isHanded(arg) ? handIn(arg.$handed) : arg));
    return { value: plain(await run(...filled)) };
  } catch (error) {
    const isError = error instanceof Error;
    return {
      error: isError ? error.message : String(error),
      stack: isError ? (error.stack ?? '') : '',
    };
  }
}

function settle(
  answer: HandedAnswer | undefined,
  resolve: (value: unknown) => void,
  reject: (error: Error) => void,
): void {
  if (answer === undefined || 'value' in answer) return resolve(answer?.value);
  const { error, code } = answer;
  reject(Object.assign(new Error(error), code === undefined ? {} : { code }));
}

/** Runs all calls, one step at a time, in the order that the schedule chooses. */
async function runEntries(
  module: Readonly<Record<string, unknown>>,
  { calls, handed = {}, schedule = [] }: EntryRequest,
): Promise<EntryAnswer> {
  const waiting: Waiting[] = [];
  const steps: EntryStep[] = [];
  const results: (EntryResult | undefined)[] = calls.map(() => undefined);
  /** How often each handed-in function was called. */
  const times: Record<string, number> = {};

  /** A function that was handed in and kept, and is called later, waits for no turn. */
  let isAnswered = false;

  const handIn = (call: number, name: string) => {
    return (...given: unknown[]): Promise<unknown> => {
      const script = handed[name] ?? [];
      const turn = (times[name] = (times[name] ?? 0) + 1);
      const answer = script[Math.min(turn, script.length) - 1];
      steps.push({ call, does: 'calls', handed: name, with: plain(given) });
      return new Promise((resolve, reject) => {
        const goOn = (): void => {
          steps.push({ call, does: 'goes on', handed: name, with: plain(answer) });
          settle(answer, resolve, reject);
        };
        if (isAnswered) goOn();
        else waiting.push({ goOn });
      });
    };
  };

  const begin = async (call: number): Promise<void> => {
    steps.push({ call, does: 'begins', handed: null, with: null });
    const result = await resultOf(module, calls[call] as EntryCall, (name) => handIn(call, name));
    results[call] = result;
    steps.push({ call, does: 'ends', handed: null, with: result });
  };

  calls.forEach((_call, index) => waiting.push({ goOn: () => void begin(index) }));
  let choice = 0;
  while (results.includes(undefined)) {
    if (waiting.length > 0) {
      const chosen = (schedule[choice] ?? 0) % waiting.length;
      choice += 1;
      waiting.splice(chosen, 1)[0]?.goOn();
    }
    await turn();
  }
  const answer = { results: results as EntryResult[], steps: [...steps] };
  // What no call has waited for goes on once they have ended, or a later call would wait for it forever.
  for (let left = MOST_LEFT_OVER; waiting.length > 0 && left > 0; left -= 1) {
    waiting.shift()?.goOn();
    await turn();
  }
  isAnswered = true;
  return answer;
}

/** Resolves when everything that could run has run. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function isHanded(arg: unknown): arg is { readonly $handed: string } {
  return typeof arg === 'object' && arg !== null && '$handed' in arg;
}

/** The value as JSON carries it. What JSON has no word for becomes text: `NaN`, a function. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'number' && !Number.isFinite(inner)) return String(inner);
    if (typeof inner === 'bigint' || typeof inner === 'function') return String(inner);
    return inner;
  });
  return text === undefined ? null : JSON.parse(text);
}
