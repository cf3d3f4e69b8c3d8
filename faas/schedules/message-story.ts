/** What happened to some messages under a schedule, to be drawn and told. Times in s since the start. */

import type { ConsumerVerb } from './consumer-database.ts';
import type { FaultSchedule, SentEvent } from './fault-schedule.ts';

/** One thing that happened. */
export interface StoryMoment {
  readonly atS: number;
  /** Number of the message, from 1: which of the events. */
  readonly message: number;
  /** Null for what the sender and the queue do. */
  readonly delivery: number | null;
  readonly does:
    | 'sent'
    /** Sent again, while it was in the queue: it is the same message. */
    | 'known'
    | 'taken'
    | 'step'
    | 'crashed'
    | 'threw'
    | 'ended'
    | 'removed'
    /** “done” was lost on its way. */
    | 'lost'
    /** “done” came with an old receipt, and removed nothing. */
    | 'late'
    | 'aside';
  /** Of a step. */
  readonly verb: ConsumerVerb | null;
  /** From here on an effect is there for good. */
  readonly hasEffect: boolean;
  readonly says: string;
}

/** A message that a consumer has in hand. */
export interface StoryDelivery {
  readonly number: number;
  readonly message: number;
  /** Counted from 1. */
  readonly consumer: number;
  readonly takenAtS: number;
  /** When the queue would hand it out again; the end of the story at the latest. */
  hiddenUntilS: number;
  endedAtS: number;
  end: 'runs' | 'ended' | 'threw' | 'crashed';
}

export interface MessageStory {
  readonly schedule: FaultSchedule;
  readonly events: readonly SentEvent[];
  readonly moments: readonly StoryMoment[];
  readonly deliveries: readonly StoryDelivery[];
  /** How often each event had its effect. */
  readonly effects: readonly number[];
  readonly endS: number;
  /** Which law it breaks, in a sentence; null when it breaks none. */
  readonly broken: string | null;
  /** What a consumer threw last; null when none did. */
  readonly threw: string | null;
}
