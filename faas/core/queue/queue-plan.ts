/** What a project says of its queues. */

import { settle, type Filled, type Given } from '../option.ts';
import { QUEUE_OPTIONS } from './queue-options.ts';
import type { SCHEDULE_OPTIONS } from './schedule.ts';

/** What brings calls to a function by itself. */
export interface TriggerEntry {
  /** Messages of this queue. */
  readonly queue?: Given<typeof QUEUE_OPTIONS> & { readonly name: string };
}

/** A queue, and how its messages are brought to a function. */
export interface SettledQueue {
  readonly name: string;
  readonly settings: Filled<typeof QUEUE_OPTIONS>;
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

/** What a trigger leaves open has its default. @throws RangeError when an option is out of its range */
export function settledQueue({ name, ...given }: NonNullable<TriggerEntry['queue']>): SettledQueue {
  return { name, settings: settle(`the queue ${name}`, QUEUE_OPTIONS, given) };
}
