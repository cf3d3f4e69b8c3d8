/** Messages between the page and a simulation worker. Types only. */

import type { SimulatedCourse, Scenario } from '#faas/simulation/scenario.ts';

/** One scenario to run to its end. */
export interface SimulationJob {
  readonly scenario: Scenario;
  /** Number of equal parts that its time is divided into. Integer ≥ 1. */
  readonly bins: number;
}

/** What a worker answers: any number of `progress`, then one of the others. */
export type SimulationMessage =
  | { readonly is: 'progress'; readonly share: number }
  | { readonly is: 'course'; readonly course: SimulatedCourse }
  | { readonly is: 'failed'; readonly text: string };
