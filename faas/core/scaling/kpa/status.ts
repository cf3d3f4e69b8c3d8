/** The observable state of an autoscaler. Types only. */

import type { ActiveState } from './activation.ts';
import type { PanicState } from './autoscaler.ts';

/** What Knative's autoscaler observed and decided at its last tick. */
export interface KpaStatus {
  /** Averages of the last tick; null when there was no data. */
  readonly stable: number | null;
  readonly panic: number | null;
  readonly panicking: PanicState;
  /** The autoscaler's wanted count; null before its first decision. */
  readonly desired: number | null;
  /** The count in force, after bounds and the rules for zero. */
  readonly scale: number;
  readonly excessBurstCapacity: number;
  readonly activatorInPath: boolean;
  readonly state: ActiveState;
}
