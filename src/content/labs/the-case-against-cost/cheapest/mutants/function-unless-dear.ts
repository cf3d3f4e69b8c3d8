/** Looks once where the two lines cross, and takes machines ever after. */

import { bill } from './bill.ts';

/** Hours in a month, as the providers count them. */
const HOURS = 730;

interface Shape {
  calls: number;
  msPerCall: number;
  memoryMb: number;
  /** Calls a second at the busiest moment. */
  peakPerSecond: number;
}

/** Paid by the call. */
interface FunctionOffer {
  name: string;
  prices: {
    perMillionCalls: number;
    perGbSecond: number;
    roundUpToMs: number;
    freeCalls: number;
    freeGbSeconds: number;
  };
  /** What stands before it. */
  doorPerMillion: number;
}

/** Paid by the hour, used or not. */
interface MachineOffer {
  name: string;
  /** Of one machine. */
  perHour: number;
  /** Calls a second that one machine carries. */
  callsPerSecond: number;
  /** How many there are at least, and at most. */
  least: number;
  most: number;
  /** Once, however many machines there are, such as a load balancer. */
  besidesPerMonth: number;
}

interface Answer {
  /** Name of the offer that costs least; null when none can carry the load. */
  cheapest: string | null;
  /** Dollars by name; null for an offer that cannot carry the load. */
  months: Record<string, number | null>;
}

function monthOf(shape: Shape, offer: FunctionOffer | MachineOffer): number | null {
  if ('prices' in offer) {
    const door = (shape.calls / 1e6) * offer.doorPerMillion;
    return bill(shape, offer.prices).total + door;
  }
  const needed = Math.ceil(shape.peakPerSecond / offer.callsPerSecond);
  const machines = Math.max(offer.least, needed);
  if (machines > offer.most) return null;
  return machines * offer.perHour * HOURS + offer.besidesPerMonth;
}

export function cheapest(shape: Shape, offers: (FunctionOffer | MachineOffer)[]): Answer {
  const months: Answer['months'] = {};
  let best: string | null = null;
  let least = Infinity;
  for (const offer of offers) {
    const month = monthOf(shape, offer);
    months[offer.name] = month;
    const isPast = shape.calls >= 12e6 && !('prices' in offer);
    if (month !== null && (month < least || isPast)) {
      best = offer.name;
      least = month;
    }
  }
  return { cheapest: best, months };
}
