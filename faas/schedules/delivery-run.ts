/**
 * Plays a schedule on a virtual clock: two consumers take from the core's own queue. What a consumer hears is
 * handed out as a command, and what it then asks is handed in, so that it can be anywhere.
 */

import { MessageQueue } from '../core/queue/message-queue.ts';
import type { TakenMessage } from '../core/queue/queue-message.ts';
import { CONSUMER_VERBS, ConsumerDatabase, type ConsumerVerb } from './consumer-database.ts';
import {
  SENT_EVENTS,
  type FaultSchedule,
  type ScheduleFault,
  type SentEvent,
} from './fault-schedule.ts';
import type { MessageStory, StoryDelivery, StoryMoment } from './message-story.ts';

/** What one consumer hears. */
export type ConsumerCommand =
  | {
      readonly hears: 'begin';
      readonly delivery: number;
      readonly consumer: number;
      readonly event: SentEvent;
    }
  | {
      readonly hears: 'answer';
      readonly delivery: number;
      readonly consumer: number;
      readonly ask: number;
      readonly answer: { readonly value: unknown } | { readonly error: string };
    }
  /** Its instance is gone, and nothing that it waited for comes. */
  | { readonly hears: 'crash'; readonly delivery: number; readonly consumer: number };

/** What has come of a command: what consumers ask, and which have ended. */
export interface ConsumerSays {
  readonly asks: readonly {
    readonly delivery: number;
    readonly ask: number;
    readonly verb: string;
    readonly given: readonly unknown[];
  }[];
  readonly ends: readonly { readonly delivery: number; readonly error: string | null }[];
}

/** How long a message is hidden, a step takes, and a slow one, in s. */
const HIDDEN_S = 10;
const STEP_S = 1;
const SLOW_S = HIDDEN_S + 3;
const MAX_RECEIVES = 5;
const CONSUMERS = 2;
/** Messages are sent so far apart. */
const SEND_EVERY_S = 2;
const AGAIN_AFTER_S = 14;
const DELAY_S = 5;
/** A story that has not come to its end by then has none. In s. */
const LONGEST_S = 400;
/** A consumer that asks so often in one delivery never ends. */
const MOST_ASKS = 50;

/** Plays one schedule. Give it to a driver: each command that it yields wants what came of it. */
export function* playSchedule(
  schedule: FaultSchedule,
): Generator<ConsumerCommand, MessageStory, ConsumerSays> {
  return yield* new DeliveryRun(schedule).play();
}

/** Something that happens at a time; of two at the same time, the one that was planned first. */
interface Planned {
  readonly atS: number;
  readonly order: number;
  readonly happens: () => ConsumerCommand | null;
}

interface RunningDelivery extends StoryDelivery {
  readonly taken: TakenMessage;
  steps: number;
}

interface ParkedStep {
  readonly delivery: RunningDelivery;
  readonly again: () => ConsumerCommand | null;
}

class DeliveryRun {
  readonly #schedule: FaultSchedule;
  #nowS = 0;
  readonly #queue = new MessageQueue({ now: () => this.#nowS * 1000 });
  readonly #database = new ConsumerDatabase();
  readonly #moments: StoryMoment[] = [];
  readonly #deliveries: RunningDelivery[] = [];
  /** Which event a number of the queue is: a message that is sent again has another number. */
  readonly #eventOf = new Map<number, number>();
  #planned: Planned[] = [];
  #order = 0;
  /** Steps that wait for a transaction to end. */
  #parked: ParkedStep[] = [];
  #lastConsumer = 0;
  #threw: string | null = null;
  /** The first delivery that ended with its transaction open. */
  #leftOpen: RunningDelivery | null = null;

  constructor(schedule: FaultSchedule) {
    this.#schedule = schedule;
    for (let message = 1; message <= schedule.messages; message += 1) {
      const has = (what: 'again' | 'delay'): boolean =>
        schedule.faults.some((fault) => fault.what === what && fault.message === message);
      const atS = (message - 1) * SEND_EVERY_S;
      this.#plan(atS, () => this.#send(message, has('delay') ? DELAY_S : 0));
      if (has('again')) this.#plan(atS + AGAIN_AFTER_S, () => this.#send(message, 0));
    }
  }

  *play(): Generator<ConsumerCommand, MessageStory, ConsumerSays> {
    while (this.#nowS <= LONGEST_S) {
      const taken = this.#take();
      if (taken !== null) {
        this.#hear(yield taken);
        continue;
      }
      const next = this.#next();
      if (next === null) break;
      this.#nowS = Math.max(this.#nowS, next.atS);
      const command = next.happens();
      if (command !== null) this.#hear(yield command);
    }
    return this.#story();
  }

  /** The next that is planned, or that the queue has to give; null when nothing comes any more. */
  #next(): Planned | null {
    const [first] = this.#planned.sort((a, b) => a.atS - b.atS || a.order - b.order);
    const dueS = this.#queue.nextDueMs / 1000;
    const isFree = this.#freeConsumer() !== null;
    if (isFree && dueS < (first?.atS ?? Infinity)) {
      return { atS: dueS, order: 0, happens: () => null };
    }
    if (first === undefined) return null;
    this.#planned.shift();
    return first;
  }

  #plan(atS: number, happens: Planned['happens']): void {
    this.#order += 1;
    this.#planned.push({ atS, order: this.#order, happens });
  }

  #send(message: number, delayS: number): null {
    const event = SENT_EVENTS[message - 1] as SentEvent;
    const { id, source } = event;
    const content = { id, source, type: 'order.placed', key: null, data: event, traceparent: null };
    const number = this.#queue.send(content, delayS);
    if (number === null) {
      this.#tell(
        message,
        null,
        'known',
        'sent again, and it is still in the queue: nothing is added',
      );
      return null;
    }
    const isAgain = [...this.#eventOf.values()].includes(message);
    this.#eventOf.set(number, message);
    const held = delayS > 0 ? `, and held up for ${delayS} s` : '';
    this.#tell(
      message,
      null,
      'sent',
      `${isAgain ? 'sent again: a new message of the same event' : 'sent'}${held}`,
    );
    return null;
  }

  /** Hands a message to a consumer that is free. */
  #take(): ConsumerCommand | null {
    for (const number of this.#setAside()) {
      this.#tell(
        this.#eventOf.get(number) ?? 0,
        null,
        'aside',
        `set aside: it was taken ${MAX_RECEIVES} times`,
      );
    }
    const consumer = this.#freeConsumer();
    if (consumer === null) return null;
    const number = this.#deliveries.length + 1;
    const isDouble = this.#has('duplicate', number) !== undefined;
    const visibilityS = isDouble ? 0 : HIDDEN_S;
    const [taken] = this.#queue.take({ most: 1, visibilityS, maxReceives: MAX_RECEIVES });
    if (taken === undefined) return null;
    const message = this.#eventOf.get(taken.number) ?? 0;
    this.#lastConsumer = consumer;
    this.#deliveries.push({
      number,
      message,
      consumer,
      taken,
      takenAtS: this.#nowS,
      hiddenUntilS: this.#nowS + visibilityS,
      endedAtS: this.#nowS,
      end: 'runs',
      steps: 0,
    });
    const hidden = isDouble ? 'and not hidden at all' : `and hidden for ${HIDDEN_S} s`;
    this.#tell(message, number, 'taken', `taken by consumer ${consumer}, ${hidden}`);
    return {
      hears: 'begin',
      delivery: number,
      consumer,
      event: SENT_EVENTS[message - 1] as SentEvent,
    };
  }

  #setAside(): number[] {
    return this.#queue.setAside(MAX_RECEIVES);
  }

  /** The one after the last that took a message, so that a message comes back to another one. */
  #freeConsumer(): number | null {
    const isBusy = (consumer: number): boolean =>
      this.#deliveries.some((one) => one.consumer === consumer && one.end === 'runs');
    for (let turn = 0; turn < CONSUMERS; turn += 1) {
      const consumer = ((this.#lastConsumer + turn) % CONSUMERS) + 1;
      if (!isBusy(consumer)) return consumer;
    }
    return null;
  }

  #hear({ asks, ends }: ConsumerSays): void {
    for (const { delivery, ask, verb, given } of asks) {
      const one = this.#deliveries[delivery - 1];
      if (one?.end !== 'runs') continue;
      one.steps += 1;
      if (one.steps > MOST_ASKS) {
        this.#end(one, 'threw', `it asked more than ${MOST_ASKS} things`);
        continue;
      }
      const step = one.steps;
      const isSlow = this.#faults('slow', delivery).some((fault) => fault.step === step);
      const isFailing = this.#faults('fail', delivery).some((fault) => fault.step === step);
      const crash = this.#faults('crash', delivery).find((fault) => fault.step === step);
      const atS = this.#nowS + (isSlow ? SLOW_S : STEP_S);
      this.#plan(atS, () =>
        this.#step(one, { ask, verb: verb as ConsumerVerb, given, isFailing }, crash?.when),
      );
    }
    for (const { delivery, error } of ends) {
      const one = this.#deliveries[delivery - 1];
      if (one?.end !== 'runs') continue;
      if (error !== null) {
        this.#threw = error;
        this.#end(one, 'threw', `throws: ${error}`);
        continue;
      }
      const isOpen = this.#database.isOpen(delivery);
      if (isOpen) this.#leftOpen ??= one;
      this.#end(one, 'ended', isOpen ? 'ends, and leaves its transaction open' : 'ends');
    }
  }

  #step(
    one: RunningDelivery,
    asked: {
      readonly ask: number;
      readonly verb: ConsumerVerb;
      readonly given: readonly unknown[];
      readonly isFailing: boolean;
    },
    crash: 'before' | 'after' | undefined,
  ): ConsumerCommand | null {
    if (one.end !== 'runs') return null;
    const { ask, verb, given, isFailing } = asked;
    if (crash === 'before') return this.#crash(one, `dies before ${verb}`);
    const before = this.#database.effects.length;
    const outcome = isFailing ? this.#failure(one, verb) : this.#outcome(one, verb, given);
    if (outcome === 'waits') {
      this.#parked.push({ delivery: one, again: () => this.#step(one, asked, crash) });
      return null;
    }
    const answered = 'error' in outcome ? `: ${outcome.error}` : saysOf(verb, outcome.value);
    const came = isFailing ? ' fails' : answered;
    if (verb !== 'done' || isFailing)
      this.#tell(
        one.message,
        one.number,
        'step',
        `${verb}${came}`,
        verb,
        this.#database.effects.length > before,
      );
    if (verb === 'commit' || isFailing) this.#unpark();
    if (crash === 'after') return this.#crash(one, `dies after ${verb}`);
    const { number, consumer } = one;
    return { hears: 'answer', delivery: number, consumer, ask, answer: outcome };
  }

  #outcome(
    one: RunningDelivery,
    verb: ConsumerVerb,
    given: readonly unknown[],
  ): ReturnType<ConsumerDatabase['step']> {
    if (verb === 'done') return this.#done(one);
    if (!CONSUMER_VERBS.includes(verb)) return { error: `There is no ${String(verb)}.` };
    return this.#database.step(verb, { event: one.message, delivery: one.number }, given);
  }

  /** A database that fails takes back what was not committed; a card company has no part in that. */
  #failure({ number }: RunningDelivery, verb: ConsumerVerb): { readonly error: string } {
    if (verb !== 'charge' && verb !== 'done') this.#database.leave(number);
    return { error: `${verb} has failed` };
  }

  #done(one: RunningDelivery): { readonly value: null } {
    if (this.#has('drop', one.number)) {
      this.#tell(one.message, one.number, 'lost', 'done: the word is lost on its way', 'done');
      return { value: null };
    }
    const [removed] = this.#queue.done([one.taken]);
    if (removed === undefined) {
      this.#tell(
        one.message,
        one.number,
        'late',
        'done, by an old receipt: nothing is removed',
        'done',
      );
    } else {
      one.hiddenUntilS = Math.min(one.hiddenUntilS, this.#nowS);
      this.#tell(one.message, one.number, 'removed', 'done: the message is removed', 'done');
    }
    return { value: null };
  }

  #crash(one: RunningDelivery, says: string): ConsumerCommand {
    this.#end(one, 'crashed', says);
    return { hears: 'crash', delivery: one.number, consumer: one.consumer };
  }

  #end(one: RunningDelivery, end: 'ended' | 'threw' | 'crashed', says: string): void {
    one.end = end;
    one.endedAtS = this.#nowS;
    this.#database.leave(one.number);
    this.#tell(one.message, one.number, end, says);
    this.#unpark();
  }

  /** What waited for a transaction goes on. */
  #unpark(): void {
    const parked = this.#parked;
    this.#parked = [];
    for (const { again } of parked) this.#plan(this.#nowS, again);
  }

  #has(what: 'drop' | 'duplicate', delivery: number): ScheduleFault | undefined {
    return this.#faults(what, delivery)[0];
  }

  #faults<What extends 'crash' | 'slow' | 'fail' | 'drop' | 'duplicate'>(
    what: What,
    delivery: number,
  ): Extract<ScheduleFault, { what: What }>[] {
    return this.#schedule.faults.filter(
      (fault): fault is Extract<ScheduleFault, { what: What }> =>
        fault.what === what && 'delivery' in fault && fault.delivery === delivery,
    );
  }

  #tell(
    message: number,
    delivery: number | null,
    does: StoryMoment['does'],
    says: string,
    verb: ConsumerVerb | null = null,
    hasEffect = false,
  ): void {
    this.#moments.push({ atS: this.#nowS, message, delivery, does, verb, hasEffect, says });
  }

  #story(): MessageStory {
    const { messages } = this.#schedule;
    const events = SENT_EVENTS.slice(0, messages);
    const effects = events.map(
      (_event, index) => this.#database.effects.filter(({ event }) => event === index + 1).length,
    );
    const last = Math.max(...this.#moments.map(({ atS }) => atS), 0);
    const deliveries = this.#deliveries.map(({ taken: _taken, steps: _steps, ...one }) => one);
    return {
      schedule: this.#schedule,
      events,
      moments: this.#moments,
      deliveries,
      effects,
      endS: last + 1,
      broken: this.#broken(effects),
      threw: this.#threw,
    };
  }

  #broken(effects: readonly number[]): string | null {
    const named = (index: number): string => {
      const { id, source } = SENT_EVENTS[index] as SentEvent;
      return `Event ${id} of ${source}`;
    };
    const twice = effects.findIndex((count) => count > 1);
    if (twice !== -1) return `${named(twice)} has its effect ${effects[twice] ?? 0} times.`;
    const never = effects.indexOf(0);
    if (never !== -1) return `${named(never)} never has its effect.`;
    const [dead] = this.#queue.dead;
    if (dead)
      return `Event ${dead.id} of ${dead.source} has had its effect, and lies among the dead letters.`;
    const [live] = this.#queue.live;
    if (live) return `Event ${live.id} of ${live.source} is delivered again and again.`;
    const left = this.#leftOpen;
    if (left)
      return `${named(left.message - 1)}: delivery ${left.number} leaves its transaction open.`;
    return null;
  }
}

/** What a step answered, where that tells something. */
function saysOf(verb: ConsumerVerb, value: unknown): string {
  if (verb === 'remember' || verb === 'claim')
    return value === true ? ': it is new' : ': it is known';
  if (verb === 'look') return value === true ? ': it is known' : ': it is not known';
  if (verb === 'charge') return value === 'charged' ? ': charged' : ': this key was charged before';
  return '';
}
