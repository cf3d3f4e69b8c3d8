/** A right consumer, and the wrong ones that have a name: each a list of steps, run in this process. */

import type { ConsumerVerb } from './consumer-database.ts';
import { playSchedule, type ConsumerCommand, type ConsumerSays } from './delivery-run.ts';
import type { FaultSchedule, SentEvent } from './fault-schedule.ts';
import type { MessageStory } from './message-story.ts';

/** What a consumer asks next; it hears the answer. */
export type ConsumerSteps = Generator<readonly [ConsumerVerb, ...unknown[]], void, unknown>;

export interface KnownConsumer {
  readonly label: string;
  /** Its lines, as they would be written. */
  readonly lines: readonly string[];
  readonly steps: (event: SentEvent) => ConsumerSteps;
}

/** By name, as links to the figure have them; the right ones hold under every schedule. */
export const KNOWN_CONSUMERS = {
  careless: {
    label: 'acts, says done',
    lines: ['act', 'done'],
    *steps({ customer }) {
      yield ['act', customer];
      yield ['done'];
    },
  },
  'done-first': {
    label: 'says done, acts',
    lines: ['done', 'act'],
    *steps({ customer }) {
      yield ['done'];
      yield ['act', customer];
    },
  },
  'look-then-do': {
    label: 'looks, acts, remembers',
    lines: ['look', 'act, if it is not known', 'remember', 'done'],
    *steps({ id, source, customer }) {
      const isKnown = yield ['look', source, id];
      if (isKnown !== true) {
        yield ['act', customer];
        yield ['remember', source, id];
      }
      yield ['done'];
    },
  },
  'claim-first': {
    label: 'claims, acts',
    lines: ['claim', 'act, if it is new', 'done'],
    *steps({ id, source, customer }) {
      const isNew = yield ['claim', source, id];
      if (isNew === true) yield ['act', customer];
      yield ['done'];
    },
  },
  'one-step': {
    label: 'remembers and acts in one transaction',
    lines: ['begin', 'remember', 'act, if it is new', 'commit', 'done'],
    *steps({ id, source, customer }) {
      yield ['begin'];
      const isNew = yield ['remember', source, id];
      if (isNew === true) yield ['act', customer];
      yield ['commit'];
      yield ['done'];
    },
  },
} as const satisfies Record<string, KnownConsumer>;

export type KnownConsumerName = keyof typeof KNOWN_CONSUMERS;

/** Plays a schedule with a consumer that is here. */
export function playHere(
  schedule: FaultSchedule,
  { steps }: Pick<KnownConsumer, 'steps'>,
): MessageStory {
  const running = new Map<number, ConsumerSteps>();
  const go = (
    delivery: number,
    result: IteratorResult<readonly [ConsumerVerb, ...unknown[]], void>,
  ): ConsumerSays => {
    if (result.done === true) return { asks: [], ends: [{ delivery, error: null }] };
    const [verb, ...given] = result.value;
    return { asks: [{ delivery, ask: delivery, verb, given }], ends: [] };
  };
  const hear = (command: ConsumerCommand): ConsumerSays => {
    const { delivery } = command;
    if (command.hears === 'crash') return { asks: [], ends: [] };
    if (command.hears === 'begin') {
      const begun = steps(command.event);
      running.set(delivery, begun);
      return go(delivery, begun.next());
    }
    const { answer } = command;
    if ('error' in answer) return { asks: [], ends: [{ delivery, error: answer.error }] };
    return go(delivery, (running.get(delivery) as ConsumerSteps).next(answer.value));
  };
  const run = playSchedule(schedule);
  let next = run.next();
  while (next.done !== true) next = run.next(hear(next.value));
  return next.value;
}
