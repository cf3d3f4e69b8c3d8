/** A payment that is taken back before it was made: it comes later, and is refused. */

import type { RawCall } from '#src/demo/places/line.ts';
import type { CallInTurn, CallStory } from './setup.ts';

/** The payment of an order of this run alone. */
const ofThisRun: CallInTurn['from'] = (_bodies, run): Partial<RawCall> => ({
  address: `/api/pay?order=late-${run}`,
});

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
      by: 'The coordinator',
      method: 'DELETE',
      address: '',
      from: ofThisRun,
      status: 200,
      asked:
        'The coordinator has heard nothing of the payment, and takes it back. The payment itself is still on its way.',
      answered: 'There was nothing to take back. A row with this order is left as a mark.',
    },
    {
      by: 'The payment, which comes late',
      method: 'POST',
      address: '',
      from: ofThisRun,
      status: 409,
      asked: 'Now the call that was under way all the time comes in.',
      answered: 'It finds the mark, and is refused.',
    },
    {
      by: 'Whoever wants to know',
      address: '',
      from: ofThisRun,
      status: 200,
      asked: 'What has become of the payment?',
      answered: 'No money is taken. One payment came after it had been taken back.',
    },
  ],
};
