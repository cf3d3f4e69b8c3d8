/** What the reader has set: a consumer, and what goes wrong with the one message that it gets. */

import {
  KNOWN_CONSUMERS,
  playHere,
  type KnownConsumer,
  type KnownConsumerName,
} from '#faas/schedules/known-consumers.ts';
import {
  scheduleOfSeed,
  type FaultSchedule,
  type ScheduleFault,
} from '#faas/schedules/fault-schedule.ts';
import type { MessageStory } from '#faas/schedules/message-story.ts';
import { shrunk } from '#faas/schedules/schedule-search.ts';

/** What can be ticked, by its name in a link. */
export const MESSAGE_TROUBLES = {
  drop: 'the word “done” is lost',
  duplicate: 'handed out twice at once',
  delay: 'acting takes longer than it is hidden',
  again: 'sent again later',
} as const;

/** When the consumer dies in its first delivery. */
export const DEATHS = {
  '': 'never',
  before: 'before it acts',
  after: 'after it has acted',
} as const;

export interface MessageSetup {
  readonly consumer: KnownConsumerName;
  readonly crash: keyof typeof DEATHS;
  readonly troubles: readonly (keyof typeof MESSAGE_TROUBLES)[];
  /** A schedule of the two hundred, in place of what is ticked; 0: none. */
  readonly seed: number;
}

/** @param state as a form or a link has it; what it leaves out is as by default */
export function messageSetup(state: URLSearchParams): MessageSetup {
  const consumer = state.get('consumer') ?? '';
  const crash = state.get('crash') ?? '';
  const names = Object.keys(MESSAGE_TROUBLES) as (keyof typeof MESSAGE_TROUBLES)[];
  return {
    consumer: consumer in KNOWN_CONSUMERS ? (consumer as KnownConsumerName) : 'careless',
    crash: crash in DEATHS ? (crash as keyof typeof DEATHS) : '',
    troubles: names.filter((name) => state.get(name) === '1'),
    seed: Math.max(0, Math.floor(Number(state.get('seed')) || 0)),
  };
}

/** One message, and what is ticked. */
export function tickedStory(setup: MessageSetup): MessageStory {
  const consumer: KnownConsumer = KNOWN_CONSUMERS[setup.consumer];
  const calm = playHere({ messages: 1, faults: [] }, consumer);
  const steps = calm.moments.filter(({ verb, delivery }) => delivery === 1 && verb !== null);
  const step = steps.findIndex(({ verb }) => verb === 'act') + 1;
  const faults = setup.troubles.map((trouble): ScheduleFault => {
    switch (trouble) {
      case 'drop':
        return { what: 'drop', delivery: 1 };
      case 'duplicate':
        return { what: 'duplicate', delivery: 1 };
      case 'delay':
        return { what: 'slow', delivery: 1, step };
      case 'again':
        return { what: 'again', message: 1 };
    }
  });
  const dies: ScheduleFault[] =
    setup.crash === '' ? [] : [{ what: 'crash', delivery: 1, step, when: setup.crash }];
  const schedule: FaultSchedule = { messages: 1, faults: [...dies, ...faults] };
  return playHere(schedule, consumer);
}

/** The schedule of a seed, as small as it gets where it breaks a law. */
export async function storyOfSeed({ consumer, seed }: MessageSetup): Promise<MessageStory> {
  const known = KNOWN_CONSUMERS[consumer];
  const story = playHere(scheduleOfSeed(seed), known);
  if (story.broken === null) return story;
  return shrunk(story, (all) => all.map((one) => playHere(one, known)));
}
