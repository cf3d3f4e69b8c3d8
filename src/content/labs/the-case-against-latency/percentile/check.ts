import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab } from '#faas/labs/checked-lab.ts';

/** 1, 2, 3 … */
function countTo(most: number): number[] {
  return Array.from({ length: most }, (_none, index) => index + 1);
}

/** Compares percentiles of the same waits. */
async function finds(
  lab: CheckedLab,
  waits: readonly number[],
  expected: readonly (readonly [share: number, wait: number])[],
): Promise<void> {
  for (const [share, wait] of expected) {
    const { value } = await lab.run(['percentile', waits, share]);
    lab.same(value, wait, { what: `the p${share} of ${waits.length} waits` });
  }
}

export default [
  firstLight('finds the middle of ten: the p50 of 1 to 10 ms is 5 ms', async (lab) => {
    await finds(lab, countTo(10), [[50, 5]]);
  }),

  contract('sorts by size, in whatever order the waits came', async (lab) => {
    await finds(
      lab,
      [10, 9, 2],
      [
        [34, 9],
        [100, 10],
      ],
    );
    await finds(
      lab,
      [700, 31, 5, 90, 1200],
      [
        [20, 5],
        [60, 90],
      ],
    );
  }),

  contract('rounds the rank up: the p95 of ten is the tenth', async (lab) => {
    await finds(lab, countTo(10), [
      [95, 10],
      [92, 10],
      [91, 10],
      [90, 9],
    ]);
  }),

  contract('answers a wait that was measured, and none between two', async (lab) => {
    await finds(lab, [10, 20], [[50, 10]]);
    await finds(
      lab,
      [40, 10, 30, 20],
      [
        [50, 20],
        [75, 30],
      ],
    );
  }),

  contract('finds the p99 of thirty starts: it is the slowest', async (lab) => {
    await finds(lab, countTo(30).reverse(), [
      [99, 30],
      [90, 27],
      [50, 15],
    ]);
  }),

  contract('refuses an empty list with an error', async (lab) => {
    const { value, error } = await lab.run(['percentile', [], 50]);
    if (error === null) lab.fail('with no waits', 'an error', JSON.stringify(value));
  }),

  edge('takes the shortest for 0 per cent, and the longest for 100', async (lab) => {
    await finds(
      lab,
      [30, 10, 20],
      [
        [0, 10],
        [100, 30],
      ],
    );
    await finds(
      lab,
      [7],
      [
        [0, 7],
        [50, 7],
        [99, 7],
        [100, 7],
      ],
    );
  }),

  edge('leaves the waits in the order in which they came', async (lab) => {
    const { value } = await lab.run(['report', [30, 10, 20]]);
    lab.same(value, { p50: 20, p90: 30, first: 30 }, { what: 'the report' });
  }),

  edge('calculates exactly: the p7 of a hundred is the seventh', async (lab) => {
    await finds(lab, countTo(100), [
      [7, 7],
      [14, 14],
      [28, 28],
      [55, 55],
      [57, 57],
    ]);
  }),
];
