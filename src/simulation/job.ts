/** What the page asks of a simulation worker, and what it is told. Types only. */

import type { SimulatedCourse, Scenario } from '#faas/simulation/scenario.ts';

/** One scenario to run to its end. */
export interface SimulationJob {
  readonly scenario: Scenario;
  /** How many equal parts of its time are told apart. Integer ≥ 1. */
  readonly bins: number;
}

export type SimulationMessage =
  | { readonly is: 'progress'; readonly share: number }
  | { readonly is: 'course'; readonly course: SimulatedCourse }
  | { readonly is: 'failed'; readonly text: string };
