/** The coordinator of a checkout: does step after step, writes each into a log, and undoes what a failure left. */

import type { HopName } from './checkout-knobs.ts';
import type { HopOutcome } from './hop-calls.ts';

/** A line of the log. */
export interface SagaEntry {
  readonly step: HopName;
  /** `kept`: it could not be undone, and somebody must see to it. */
  readonly is: 'begun' | HopOutcome['is'] | 'undone' | 'kept';
}

/** How a saga has ended. */
export type SagaEnd = 'done' | 'undone' | 'needs a human';

/** What the coordinator can do. */
export interface SagaActs {
  readonly act: (step: HopName) => Promise<HopOutcome>;
  readonly undo: (step: HopName) => Promise<HopOutcome>;
  readonly note: (entry: SagaEntry) => void;
}

/** A price has no effect that could be taken back. */
const HAS_EFFECT: ReadonlySet<HopName> = new Set<HopName>(['cart', 'pay', 'ship']);

// #region saga
/** @returns how it ended, and why it did not go on; empty when it did */
export async function runSaga(
  steps: readonly HopName[],
  { act, undo, note }: SagaActs,
): Promise<{ readonly end: SagaEnd; readonly why: string }> {
  const toUndo: HopName[] = [];
  for (const step of steps) {
    note({ step, is: 'begun' });
    const { is, why } = await act(step);
    note({ step, is });
    // A step of which no answer came may have been done.
    if ((is === 'done' || is === 'unknown') && HAS_EFFECT.has(step)) toUndo.unshift(step);
    if (is !== 'done') return { end: await undoAll(toUndo, undo, note), why };
  }
  return { end: 'done', why: '' };
}

/** Backwards; one that cannot be undone does not keep the others. */
async function undoAll(
  steps: readonly HopName[],
  undo: SagaActs['undo'],
  note: SagaActs['note'],
): Promise<SagaEnd> {
  let end: SagaEnd = 'undone';
  for (const step of steps) {
    const { is } = await undo(step);
    note({ step, is: is === 'done' ? 'undone' : 'kept' });
    if (is !== 'done') end = 'needs a human';
  }
  return end;
}
// #endregion
