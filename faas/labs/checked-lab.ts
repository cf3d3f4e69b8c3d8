/** The one interface between a check and the function that it checks. */

import type { BoundedFault } from '../api.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import type { EntryStep, HandedAnswer, HandedScript } from './entry-calls.ts';
import type { LabAnswer } from './lab-answer.ts';
import type { SentEvent } from '../schedules/fault-schedule.ts';
import type { Outside } from './shared-world.ts';

/** One call over HTTP. */
export interface LabCall {
  /** @default GET, or POST where there is a body */
  readonly method?: string;
  /** Begins with `?`. @default none */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One call of a named function: its name, then its arguments. See {@link handedIn}. */
export type NamedCall = readonly [entry: string, ...args: unknown[]];

/** How calls of named functions run. */
export interface NamedOptions {
  /** What the handed-in functions answer, by name; one that is not named answers nothing. */
  readonly handed?: Readonly<Record<string, HandedScript>>;
  /** See `EntryRequest`. @default the first that waits goes on */
  readonly schedule?: readonly number[];
  /** Makes the world that answers all handed-in functions, in place of `handed`; once a run. Only TypeScript. */
  readonly outside?: () => Outside;
  /** With `outside`: the calls are dealt out to so many instances, which all share it. @default 1 */
  readonly instances?: number;
  /** With `outside`: the instance that is to hear this answer, counted from 1, is killed. @default none */
  readonly dies?: number;
}

/** What a call of a named function came to. */
export interface NamedResult {
  /** As a reader would write it: `place({"perInstance":1}, …)`. */
  readonly call: string;
  /** Null where the function threw, and where it answered nothing. */
  readonly value: unknown;
  /** What it threw; null when it did not. */
  readonly error: string | null;
}

/** What calls of named functions that ran at once came to. */
export interface NamedOutcome {
  /** In the order of the calls. */
  readonly results: readonly NamedResult[];
  readonly steps: readonly EntryStep[];
}

/** What a comparison says when it fails, beside the two values. */
export interface Comparison {
  /** What is compared: `the price`. */
  readonly what: string;
  /** More to see, such as both sums as formulas. */
  readonly detail?: string;
}

/** The function under check, and what can be done to it. */
export interface CheckedLab {
  /** Values of the variant, by name. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** Everything that has happened in this check. */
  readonly trace: readonly TraceEvent[];
  /** Every line that the function has printed in this check. */
  readonly logs: readonly string[];

  /** One call; on an instance that is there, else on a new one. */
  call(call?: LabCall): Promise<LabAnswer>;
  /** One after another. */
  sequence(calls: readonly LabCall[]): Promise<LabAnswer[]>;
  /** All at once. */
  burst(calls: readonly LabCall[]): Promise<LabAnswer[]>;

  /** One call of a named function, alone; on the instance of the call before, if there is one. */
  run(call: NamedCall, options?: NamedOptions): Promise<NamedResult>;
  /** Calls of named functions at once, in one instance if not told otherwise: at each `await` another may go on. */
  interleaved(calls: readonly NamedCall[], options?: NamedOptions): Promise<NamedOutcome>;
  /**
   * The same calls in many orders, drawn from a seed. `holds` throws where an order shows a mistake;
   * the failure then tells of the smallest order that does.
   * @param options `runs` orders are tried. @default 60
   */
  everyOrder(
    calls: readonly NamedCall[],
    holds: (outcome: NamedOutcome) => void,
    options?: Omit<NamedOptions, 'schedule'> & { readonly runs?: number },
  ): Promise<void>;

  /**
   * A consumer of messages under two hundred seeded schedules (`faas/schedules/`), in two instances. What it is
   * handed in by the names of `CONSUMER_VERBS` is answered by the queue and its database. Only TypeScript.
   * @param call how it is called with an event
   * @throws CheckFailure with the first schedule that breaks a law, made as small as it gets
   */
  underSchedules(call: (event: SentEvent) => NamedCall): Promise<void>;

  /** How many calls an instance takes at once, from now on. At first 1. */
  perInstance(calls: number): void;
  /** Lets all idle instances go, and resolves when they are gone. */
  reap(): Promise<void>;
  /** Something goes wrong on purpose: an instance is killed, an answer is lost. */
  fault(fault: BoundedFault): void;

  /** Compares as JSON. @throws CheckFailure when they differ */
  same(came: unknown, expected: unknown, comparison: Comparison): void;
  /** @throws CheckFailure when a number is farther off than `within` */
  near(came: unknown, expected: number, within: number, comparison: Comparison): void;
  /** @throws CheckFailure always */
  fail(what: string, expected: string, came: string): never;
}

/** Stands for a handed-in function among the arguments of a {@link NamedCall}. */
export function handedIn(name: string): { readonly $handed: string } {
  return { $handed: name };
}

/** A handed-in function that answers this each time. */
export function answers(...values: readonly unknown[]): HandedScript {
  return values.map((value): HandedAnswer => ({ value }));
}
