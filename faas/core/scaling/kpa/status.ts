/** What an autoscaler says of itself. Types only. */

import type { ActiveState } from './activation.ts';
import type { PanicState } from './autoscaler.ts';

/** What Knative's autoscaler saw and decided at its last tick. */
export interface KpaStatus {
  /** Averages of the last tick; null when there was no data. */
  readonly stable: number | null;
  readonly panic: number | null;
  readonly panicking: PanicState;
  /** What the autoscaler asked for; null before its first decision. */
  readonly desired: number | null;
  /** What is being made, after bounds and the rules for zero. */
  readonly scale: number;
  readonly excessBurstCapacity: number;
  readonly activatorInPath: boolean;
  readonly state: ActiveState;
}
