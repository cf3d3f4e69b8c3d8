/** What is measured of a peer, round by round, and what it comes to over all rounds. */

import { spreadOf, type Spread } from './statistics.ts';

/** Each once a round, but `coldMs` several times. */
export const FIGURES = [
  'firstAnswerMs',
  'coldMs',
  'bareListeningMs',
  'bareAnsweredMs',
  'oneP50Ms',
  'oneP99Ms',
  'onePerS',
  'tenP50Ms',
  'tenP99Ms',
  'tenPerS',
  'memoryOneMb',
  'memoryEachMb',
  'memoryAfterMb',
  'instances',
] as const;

export type Figure = (typeof FIGURES)[number];

export class Figures {
  readonly #values = new Map<Figure, number[]>();

  /** A figure that a peer does not have is null, and not counted. */
  add(figure: Figure, value: number | null): void {
    if (value === null) return;
    this.#values.set(figure, [...(this.#values.get(figure) ?? []), value]);
  }

  /** Null when there is none. */
  spread(figure: Figure): Spread | null {
    return spreadOf(this.#values.get(figure) ?? []);
  }
}
