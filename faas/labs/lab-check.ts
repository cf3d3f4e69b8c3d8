/**
 * What the `check.ts` of a lab is written with. A check is a sentence about behaviour, and the calls
 * that show it. It is written once, for every language, and does not know whether the function runs
 * in a process or in a tab.
 */

import type { CheckedLab } from './checked-lab.ts';

/** In the order in which a reader meets them. A lab is done when its contract holds. */
export const LEVELS = ['first light', 'contract', 'edges'] as const;

/** How much of a lab a check belongs to. */
export type Level = (typeof LEVELS)[number];

/** One thing that the reader's function must do. */
export interface LabCheck {
  /** A sentence about behaviour, unique in its lab. Mutants and hints name the check by it. */
  readonly name: string;
  readonly level: Level;
  /** Calls the function, and throws a `CheckFailure` when it does something else. */
  readonly run: (lab: CheckedLab) => Promise<void> | void;
}

/** A check for the first five minutes: one small thing is right. */
export function firstLight(name: string, run: LabCheck['run']): LabCheck {
  return { name, level: 'first light', run };
}

/** A check of what the lesson is about. */
export function contract(name: string, run: LabCheck['run']): LabCheck {
  return { name, level: 'contract', run };
}

/** A check that tells right from nearly right. Optional for the reader. */
export function edge(name: string, run: LabCheck['run']): LabCheck {
  return { name, level: 'edges', run };
}
