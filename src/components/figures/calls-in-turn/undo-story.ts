/** A payment that is taken back before it was made: it comes later, and is refused. */

import type { RawCall } from '#src/demo/places/line.ts';
import type { CallStory } from './setup.ts';

/** How long the payment takes, how long it is waited for, and when one looks again. In ms. */
const PAYS_MS = 800;
const PATIENCE_MS = 200;
const LATER_MS = 1500;

/** An order of this run alone. */
function orderOf(run: number): string {
  return `order=late-${run}`;
}

/** What the last answer says of the payment. */
interface Paid {
  readonly isTaken: boolean;
  readonly refused: number;
}

export const UNDO_FIRST: CallStory = {
  title: 'An undo that comes before its do',
  function: '/api/pay',
  holds: (bodies) => {
    const { isTaken, refused } = JSON.parse(bodies.at(-1) ?? '{}') as Paid;
    return !isTaken && refused === 1;
  },
  calls: [
    {
      by: 'The browser, to the coordinator',
      method: 'POST',
      address: '',
      from: (_bodies, run): Partial<RawCall> => ({
        address: `/api/checkout?${orderOf(run)}&pay.waitMs=${PAYS_MS}&pay.timeoutMs=${PATIENCE_MS}`,
      }),
      status: 502,
      asked: `A checkout in which pay takes ${PAYS_MS} ms. The coordinator waits for it for ${PATIENCE_MS} ms.`,
      answered:
        'The outcome of pay is unknown, so the coordinator has taken it back, and the cart too. At this moment the payment had not been made: pay was still at work. The undo has left a mark.',
    },
    {
      by: 'The browser, a while later',
      address: '',
      afterMs: LATER_MS,
      from: (_bodies, run): Partial<RawCall> => ({ address: `/api/pay?${orderOf(run)}` }),
      status: 200,
      asked: 'By now pay has come to the point where it takes the money. What became of it?',
      answered: 'It found the mark and was refused. No money is taken.',
    },
  ],
};
