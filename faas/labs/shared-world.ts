/**
 * Runs calls on several instances that share one world outside of them: one step at a time, in the
 * order that the schedule chooses, so that every run of it is the same.
 */

import type {
  EntryCall,
  EntryResult,
  EntryStep,
  HandedAnswer,
  HeldAnswer,
  HeldStep,
} from './entry-calls.ts';

/** Answers what the calls ask of a handed-in function; each answer is one indivisible step. */
export type Outside = (handed: string, given: readonly unknown[]) => HandedAnswer;

/** What a run is made of. */
export interface SharedRun {
  readonly calls: readonly EntryCall[];
  /** Calls are dealt out to so many instances in turn. */
  readonly instances: number;
  readonly schedule: readonly number[];
  readonly outside: Outside;
  /** The instance that is to hear this answer of the world, counted from 1, is killed first; 0: none. */
  readonly dies: number;
}

/** The instances, by number from 0. */
export interface Instances {
  tell(instance: number, step: HeldStep): Promise<HeldAnswer>;
  /** Resolves when it is gone; the next step of this number meets a new one. */
  kill(instance: number): Promise<void>;
}

/** What a call came to whose instance was killed. */
export const KILLED = 'its instance was killed before it had answered';

interface WaitingStep {
  readonly call: number;
  readonly goOn: () => Promise<void>;
}

/** @throws when an instance does not answer */
export async function runShared(
  { calls, instances, schedule, outside, dies }: SharedRun,
  on: Instances,
): Promise<{ results: EntryResult[]; steps: EntryStep[] }> {
  const steps: EntryStep[] = [];
  const results: (EntryResult | undefined)[] = calls.map(() => undefined);
  let waiting: WaitingStep[] = [];
  let answered = 0;

  const end = (call: number, result: EntryResult): void => {
    results[call] = result;
    const told = 'error' in result ? { error: result.error } : result;
    steps.push({ call, does: 'ends', handed: null, with: told });
  };

  const hear = async (call: number, step: HeldStep): Promise<void> => {
    const { asks, ends } = await on.tell(call % instances, step);
    for (const { ask, call: asker, handed, with: given } of asks) {
      steps.push({ call: asker, does: 'calls', handed, with: given });
      waiting.push({ call: asker, goOn: () => goOn(asker, ask, handed, given) });
    }
    for (const { call: ended, result } of ends) end(ended, result);
  };

  const goOn = async (call: number, ask: number, handed: string, given: unknown): Promise<void> => {
    const answer = outside(handed, given as readonly unknown[]);
    steps.push({ call, does: 'goes on', handed, with: answer });
    answered += 1;
    if (answered !== dies) return hear(call, { ask, answer });
    const instance = call % instances;
    await on.kill(instance);
    const isThere = (one: number): boolean => one % instances === instance;
    waiting = waiting.filter((step) => !isThere(step.call) || !hasBegun(step.call));
    for (const one of calls.keys()) {
      if (isThere(one) && hasBegun(one) && results[one] === undefined) {
        end(one, { error: KILLED, stack: '' });
      }
    }
  };

  const hasBegun = (call: number): boolean =>
    steps.some((step) => step.call === call && step.does === 'begins');

  calls.forEach((begin, call) => {
    const goOn = (): Promise<void> => {
      steps.push({ call, does: 'begins', handed: null, with: null });
      return hear(call, { begin, call });
    };
    waiting.push({ call, goOn });
  });
  let choice = 0;
  while (waiting.length > 0) {
    const chosen = (schedule[choice] ?? 0) % waiting.length;
    choice += 1;
    await waiting.splice(chosen, 1)[0]?.goOn();
  }
  return {
    results: results.map((result) => result ?? { error: 'it never ended', stack: '' }),
    steps,
  };
}
