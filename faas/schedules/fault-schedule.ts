/** What goes wrong with some messages, and when: drawn from a seed, and made smaller while it still shows the fault. */

import { Random } from '../simulation/random.ts';

/** One thing that goes wrong. Deliveries are counted from 1, in the order in which they begin. */
export type ScheduleFault =
  /** The consumer dies at a step of this delivery, before or after the step has had its effect. */
  | {
      readonly what: 'crash';
      readonly delivery: number;
      readonly step: number;
      readonly when: 'before' | 'after';
    }
  /** A step of this delivery takes longer than its message is hidden. */
  | { readonly what: 'slow'; readonly delivery: number; readonly step: number }
  /** A step of this delivery throws, and has had no effect. */
  | { readonly what: 'fail'; readonly delivery: number; readonly step: number }
  /** The word “done” of this delivery is lost on its way. */
  | { readonly what: 'drop'; readonly delivery: number }
  /** The message of this delivery is handed to another consumer at the same moment. */
  | { readonly what: 'duplicate'; readonly delivery: number }
  /** The sender has heard nothing, and sends this message again later. */
  | { readonly what: 'again'; readonly message: number }
  /** This message is held up, so that later ones come before it. */
  | { readonly what: 'delay'; readonly message: number };

/** A schedule whole: played twice, it comes to the same. */
export interface FaultSchedule {
  /** How many of {@link SENT_EVENTS} are sent. */
  readonly messages: number;
  readonly faults: readonly ScheduleFault[];
}

/** An event as a consumer gets it. */
export interface SentEvent {
  readonly id: string;
  readonly source: string;
  /** Who is to get the effect. */
  readonly customer: string;
}

/**
 * Only source and id together tell them apart: two senders may count alike, a sender has many events, and all of
 * them may be for one customer.
 */
export const SENT_EVENTS: readonly SentEvent[] = [
  { id: '17', source: '/shop', customer: 'ada' },
  { id: '17', source: '/market', customer: 'ada' },
  { id: '18', source: '/shop', customer: 'ada' },
];

/** Steps of a delivery that a fault may meet. */
const MOST_STEPS = 5;
const MOST_FAULTS = 3;
const KINDS = ['crash', 'crash', 'slow', 'fail', 'drop', 'duplicate', 'again', 'delay'] as const;

/** @param seed an integer; neighbouring seeds have nothing in common */
export function scheduleOfSeed(seed: number): FaultSchedule {
  const random = new Random(seed);
  const upTo = (most: number): number => 1 + Math.floor(random.uniform() * most);
  const messages = upTo(SENT_EVENTS.length);
  const faults = Array.from({ length: upTo(MOST_FAULTS) }, (): ScheduleFault => {
    const what = KINDS[upTo(KINDS.length) - 1] ?? 'crash';
    if (what === 'again' || what === 'delay') return { what, message: upTo(messages) };
    const delivery = upTo(messages + 1);
    if (what === 'drop' || what === 'duplicate') return { what, delivery };
    const step = upTo(MOST_STEPS);
    if (what === 'slow' || what === 'fail') return { what, delivery, step };
    return { what, delivery, step, when: random.uniform() < 0.5 ? 'before' : 'after' };
  });
  return { messages, faults };
}

/** Schedules that are smaller by one thing, the smallest first. */
export function smallerSchedules({ messages, faults }: FaultSchedule): FaultSchedule[] {
  // What failed once less is delivered once less, and so what goes wrong later does so a delivery earlier.
  const without = faults.flatMap((_fault, index) => {
    const left = faults.toSpliced(index, 1);
    return [left, left.map(oneDeliveryEarlier)];
  });
  const lower = faults.flatMap((fault, index) =>
    lowerFaults(fault).map((lowered) => faults.with(index, lowered)),
  );
  const fewer = messages > 1 ? [{ messages: messages - 1, faults }] : [];
  return [...fewer, ...[...without, ...lower].map((left) => ({ messages, faults: left }))];
}

function oneDeliveryEarlier(fault: ScheduleFault): ScheduleFault {
  return 'delivery' in fault && fault.delivery > 1
    ? { ...fault, delivery: fault.delivery - 1 }
    : fault;
}

/** The same fault, earlier; and a death in place of an error, after which a consumer can still do something. */
function lowerFaults(fault: ScheduleFault): ScheduleFault[] {
  if ('message' in fault) {
    return fault.message > 1 ? [{ ...fault, message: fault.message - 1 }] : [];
  }
  const earlier = fault.delivery > 1 ? [{ ...fault, delivery: fault.delivery - 1 }] : [];
  if (!('step' in fault)) return earlier;
  const death: ScheduleFault[] =
    fault.what === 'fail' ? [{ ...fault, what: 'crash', when: 'before' }] : [];
  const sooner = fault.step > 1 ? [{ ...fault, step: fault.step - 1 }] : [];
  return [...death, ...earlier, ...sooner];
}

/** In words: `consumer dies after step 2 of delivery 1`. */
export function faultSentence(fault: ScheduleFault): string {
  switch (fault.what) {
    case 'crash':
      return `the consumer dies ${fault.when} step ${fault.step} of delivery ${fault.delivery}`;
    case 'slow':
      return `step ${fault.step} of delivery ${fault.delivery} takes longer than the message is hidden`;
    case 'fail':
      return `step ${fault.step} of delivery ${fault.delivery} fails`;
    case 'drop':
      return `the word “done” of delivery ${fault.delivery} is lost`;
    case 'duplicate':
      return `the message of delivery ${fault.delivery} is handed out twice at once`;
    case 'again':
      return `message ${fault.message} is sent again later`;
    case 'delay':
      return `message ${fault.message} is held up`;
  }
}
