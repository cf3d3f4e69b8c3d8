/**
 * Plays schedules of messages with the reader's consumer, each of the two consumers in an instance of its own. Many
 * schedules go on side by side, a step of each in one call, or thousands of calls would be made. An instance that
 * dies is not started anew, which would take longer than all the rest: what it had begun never goes on, and the
 * message comes to the other consumer next.
 */

import {
  playSchedule,
  type ConsumerCommand,
  type ConsumerSays,
} from '../schedules/delivery-run.ts';
import type { FaultSchedule, SentEvent } from '../schedules/fault-schedule.ts';
import type { MessageStory } from '../schedules/message-story.ts';
import type { NamedCall } from './checked-lab.ts';
import type { HeldAnswer, HeldStep } from './entry-calls.ts';

/** Instances that a trial needs: one for each consumer. */
export const TRIAL_INSTANCES = 2;

/** Numbers of calls in one schedule; the next schedule begins above them. */
const MOST_DELIVERIES = 10_000;

/** One consumer, and where it runs. */
export interface TriedConsumer {
  /** How it is called with an event. */
  readonly call: (event: SentEvent) => NamedCall;
  readonly tell: (instance: number, steps: readonly HeldStep[]) => Promise<HeldAnswer>;
}

/** What is left of a schedule, and what its consumer hears next. */
interface Going {
  readonly number: number;
  readonly playing: Generator<ConsumerCommand, MessageStory, ConsumerSays>;
  command: ConsumerCommand;
}

/** Plays for one consumer. */
export class ScheduleTrial {
  readonly #consumer: TriedConsumer;
  /** No event of one schedule has the id of one of another, should an instance remember it. */
  #number = 0;

  constructor(consumer: TriedConsumer) {
    this.#consumer = consumer;
  }

  async play(schedules: readonly FaultSchedule[]): Promise<MessageStory[]> {
    const stories: MessageStory[] = [];
    const begin = (schedule: FaultSchedule): Going | null => {
      const playing = playSchedule(schedule);
      const number = (this.#number += 1);
      return goingOn(number, playing, playing.next(), (story) => (ofNumber[number] = story));
    };
    const ofNumber: Record<number, MessageStory> = {};
    const first = this.#number + 1;
    let going = schedules.map(begin).filter((one) => one !== null);
    while (going.length > 0) {
      const says = await this.#tell(going);
      going = going
        .map(({ number, playing }) => {
          const next = playing.next(saysOf(says, number));
          return goingOn(number, playing, next, (story) => (ofNumber[number] = story));
        })
        .filter((one) => one !== null);
    }
    for (const index of schedules.keys()) stories.push(ofNumber[first + index] as MessageStory);
    return stories;
  }

  /** One step of each, by one call of each instance. */
  async #tell(going: readonly Going[]): Promise<HeldAnswer[]> {
    const instances = Array.from({ length: TRIAL_INSTANCES }, (_none, index) => index);
    const steps = instances.map((instance) =>
      going
        .filter(({ command }) => command.consumer === instance + 1)
        .flatMap((one) => this.#stepOf(one)),
    );
    const asked = instances.filter((instance) => steps[instance]?.length);
    return Promise.all(
      asked.map((instance) => this.#consumer.tell(instance, steps[instance] ?? [])),
    );
  }

  #stepOf({ number, command }: Going): HeldStep[] {
    if (command.hears === 'crash') return [];
    if (command.hears === 'answer') return [{ ask: command.ask, answer: command.answer }];
    const { event, delivery } = command;
    const [entry, ...args] = this.#consumer.call({ ...event, id: `${event.id}-${number}` });
    return [{ begin: { entry, args }, call: number * MOST_DELIVERIES + delivery }];
  }
}

/** Null when it is over, and told. */
function goingOn(
  number: number,
  playing: Going['playing'],
  next: IteratorResult<ConsumerCommand, MessageStory>,
  tell: (story: MessageStory) => void,
): Going | null {
  if (next.done !== true) return { number, playing, command: next.value };
  tell(next.value);
  return null;
}

/** What belongs to this schedule. */
function saysOf(all: readonly HeldAnswer[], number: number): ConsumerSays {
  const isOurs = ({ call }: { readonly call: number }): boolean =>
    Math.floor(call / MOST_DELIVERIES) === number;
  const deliveryOf = (call: number): number => call % MOST_DELIVERIES;
  return {
    asks: all.flatMap(({ asks }) =>
      asks.filter(isOurs).map(({ ask, call, handed, with: given }) => ({
        delivery: deliveryOf(call),
        ask,
        verb: handed,
        given: given as readonly unknown[],
      })),
    ),
    ends: all.flatMap(({ ends }) =>
      ends.filter(isOurs).map(({ call, result }) => ({
        delivery: deliveryOf(call),
        error: 'error' in result ? result.error : null,
      })),
    ),
  };
}
