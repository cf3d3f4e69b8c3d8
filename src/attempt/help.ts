/** What there is to help with a lab, as the site serves it beside the lab's page. */

import type { ProvedFailures } from '#faas/labs/misconception.ts';
import type { AskedAmount, Card } from '#faas/labs/sorting.ts';

/** Two lines of which one is right. */
export interface CandidateLines {
  readonly check: string;
  readonly right: string;
  readonly wrong: string;
  readonly why: string;
}

/** Lines of the solution to put in order. */
export interface LineTask {
  /** The solution before and after them. */
  readonly before: string;
  readonly after: string;
  /** In their order, each with its indentation. */
  readonly lines: readonly string[];
  /** Lines that do not belong, and why not. */
  readonly strays: readonly { readonly line: string; readonly why: string }[];
}

/** A small test to write by choosing from given checks. */
export interface PickTask {
  readonly question: string;
  /** How many checks may be kept. */
  readonly most: number;
  /** Names of those that there are. */
  readonly checks: readonly string[];
  /** Wrong functions, each of which a kept check is to catch. */
  readonly functions: readonly string[];
  /** Said when all are caught. */
  readonly why: string;
}

/** Fetched when the reader asks for it, or has failed a check: it gives the lab away. */
export interface LabHelp extends ProvedFailures {
  /** One call with its answer; null when the lab has none. */
  readonly example: string | null;
  readonly hints: {
    readonly first: string;
    readonly checks: Readonly<Record<string, string>>;
  } | null;
  readonly candidates: readonly CandidateLines[];
  readonly order: LineTask | null;
  /** Null for a lab without code. */
  readonly solution: string | null;
  readonly why: {
    /** Another one means that the question has changed. */
    readonly hash: string;
    readonly question: string;
    readonly right: string;
    /** By mutant. */
    readonly wrong: Readonly<Record<string, string>>;
  } | null;
  /** Said of code that passes and still writes what outlives the call; null in most labs. */
  readonly keptOutside: string | null;
  readonly pick: PickTask | null;
  /** Where each card belongs, by sorting. */
  readonly sortings: Readonly<Record<string, readonly Card[]>>;
  /** What each number is, by its id. */
  readonly amounts: Readonly<Record<string, AskedAmount>>;
}

/** One step of the ladder, from the smallest help to the whole solution. */
export type HelpStep =
  | { readonly kind: 'example' | 'hint'; readonly text: string }
  | { readonly kind: 'candidates'; readonly lines: CandidateLines }
  | { readonly kind: 'order'; readonly task: LineTask }
  | { readonly kind: 'solution'; readonly code: string };

/** @param failing the first check that fails; null when none is known */
export function stepsOf(help: LabHelp, failing: string | null): HelpStep[] {
  const steps: HelpStep[] = [];
  if (help.example !== null) steps.push({ kind: 'example', text: help.example });
  if (help.hints !== null) steps.push({ kind: 'hint', text: help.hints.first });
  const hint = failing === null ? undefined : help.hints?.checks[failing];
  if (hint !== undefined) steps.push({ kind: 'hint', text: hint });
  const lines = help.candidates.find(({ check }) => check === failing);
  if (lines !== undefined) steps.push({ kind: 'candidates', lines });
  if (help.order !== null) steps.push({ kind: 'order', task: help.order });
  if (help.solution !== null) steps.push({ kind: 'solution', code: help.solution });
  return steps;
}
