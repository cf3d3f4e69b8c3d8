/** Takes null for the least of all months. */

import { bill } from './bill.ts';

/** Hours in a month, on the average of a year. */
const HOURS = 730;

export function cheapest(shape: Shape, offers: Offer[]): Answer {
  const months: Answer['months'] = {};
  let best: string | null = null;
  let least = Infinity;
  for (const offer of offers) {
    const month = monthOf(shape, offer);
    months[offer.name] = month;
    if ((month ?? 0) < least) {
      best = offer.name;
      least = month ?? 0;
    }
  }
  return { cheapest: best, months };
}

function monthOf(shape: Shape, offer: Offer): number | null {
  if (offer.prices !== undefined) {
    const door = (shape.calls / 1e6) * offer.doorPerMillion;
    return bill(shape, offer.prices).total + door;
  }
  const needed = Math.ceil(shape.peakPerSecond / offer.callsPerSecond);
  const machines = Math.max(offer.least, needed);
  if (machines > offer.most) return null;
  return machines * offer.perHour * HOURS + offer.besidesPerMonth;
}

interface Shape {
  calls: number;
  msPerCall: number;
  memoryMb: number;
  peakPerSecond: number;
}

/** A function, if it has prices; else machines. */
interface Offer {
  name: string;
  prices?: Parameters<typeof bill>[1];
  doorPerMillion: number;
  perHour: number;
  callsPerSecond: number;
  least: number;
  most: number;
  besidesPerMonth: number;
}

/** Dollars by name, and the name of the least; null where an offer cannot carry the load. */
interface Answer {
  cheapest: string | null;
  months: Record<string, number | null>;
}
