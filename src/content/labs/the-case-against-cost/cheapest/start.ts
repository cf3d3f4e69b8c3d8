/** The cheapest way to serve a load, by the month. */

import { bill } from './bill.ts';

/** Hours in a month, on the average of a year. */
const HOURS = 730;

export function cheapest(shape: Shape, offers: Offer[]): Answer {
  const months: Answer['months'] = {};
  for (const offer of offers) months[offer.name] = monthOf(shape, offer);
  return { cheapest: null, months };
}

function monthOf(shape: Shape, offer: Offer): number | null {
  if (offer.prices !== undefined) {
    console.log(`${offer.name}: ${shape.calls} calls, and bill says`, bill(shape, offer.prices));
    return 0;
  }
  console.log(`${offer.name}: ${HOURS} hours at ${offer.perHour}, at most ${offer.most} machines`);
  return 0;
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
