/**
 * Makes a function out of a lab's named functions: it takes calls as JSON, runs them, and answers
 * their results and the order in which things happened. It runs inside instances and imports nothing.
 * `entry_runtime.py` is the same in Python.
 */

import type { EntryAnswer, EntryRequest, EntryResult, EntryStep } from './entry-calls.ts';

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
  return {
    async fetch(request) {
      const asked = (await request.json()) as EntryRequest;
      return Response.json(await runEntries(module, asked));
    },
  };
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
          if (answer !== undefined && 'error' in answer) reject(new Error(answer.error));
          else resolve(answer?.value);
        };
        if (isAnswered) goOn();
        else waiting.push({ goOn });
      });
    };
  };

  const begin = async (call: number): Promise<void> => {
    const { entry, args } = calls[call] as EntryRequest['calls'][number];
    steps.push({ call, does: 'begins', handed: null, with: null });
    let result: EntryResult;
    try {
      const run = module[entry];
      if (typeof run !== 'function') {
        const found = Object.keys(module).join(', ') || 'nothing';
        throw new Error(`The file exports ${found}. Expected a function called ${entry}.`);
      }
      const filled = args.map((arg) => (isHanded(arg) ? handIn(call, arg.$handed) : arg));
      result = { value: plain(await run(...filled)) };
    } catch (error) {
      const isError = error instanceof Error;
      result = {
        error: isError ? error.message : String(error),
        stack: isError ? (error.stack ?? '') : '',
      };
    }
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
