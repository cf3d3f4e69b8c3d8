/** What a project says of its queues. */

import type { Given } from '../option.ts';
import type { QUEUE_OPTIONS } from './queue-options.ts';
import type { SCHEDULE_OPTIONS } from './schedule.ts';

/** What brings calls to a function by itself. */
export interface TriggerEntry {
  /** Messages of this queue. */
  readonly queue?: Given<typeof QUEUE_OPTIONS> & { readonly name: string };
}

/** Sends a message at each of its ticks. */
export interface ScheduleEntry extends Given<typeof SCHEDULE_OPTIONS> {
  /** Where its ticks go. */
  readonly queue: string;
}

/** Triggers and schedules, as `api/_platform.json` has them. */
export interface QueuePlan {
  /** By route of the function. */
  readonly triggers: Readonly<Record<string, TriggerEntry>>;
  /** By name. */
  readonly schedules: Readonly<Record<string, ScheduleEntry>>;
}
