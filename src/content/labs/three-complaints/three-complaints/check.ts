import { answers, handedIn, type NamedCall } from '#faas/labs/checked-lab.ts';
import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';

/** Everything in the shop costs 4, unless a check says otherwise. */
const handed = { priceOf: answers(4), load: answers(10, 20, 30) };

const YEAR = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function basket(...items: string[]): NamedCall {
  return ['basket', items, handedIn('priceOf')];
}

function report(...months: string[]): NamedCall {
  return ['report', months, handedIn('load')];
}

export default [
  firstLight('bills a basket with two things at 4 each at 8', async (lab) => {
    const { value } = await lab.run(basket('tea', 'cup'), { handed });
    lab.same(value, 8, { what: 'the total' });
  }),

  contract('bills each basket by itself, one after another', async (lab) => {
    const first = await lab.run(basket('tea'), { handed });
    lab.same(first.value, 4, { what: 'the first total' });
    const second = await lab.run(basket('tea', 'cup'), { handed });
    lab.same(second.value, 8, { what: 'the second total' });
    const none = await lab.run(basket(), { handed });
    lab.same(none.value, 0, { what: 'the total of an empty basket' });
    const dearer = { priceOf: answers(3, 6) };
    const third = await lab.run(basket('tea', 'cup'), { handed: dearer });
    lab.same(third.value, 9, { what: 'the total of two things at 3 and 6' });
  }),

  contract('bills each of two baskets at once by itself, whoever goes on first', async (lab) => {
    const calls = [basket('tea'), basket('tea', 'cup')];
    await lab.everyOrder(
      calls,
      ({ results }) => {
        lab.same(
          results.map(({ value }) => value),
          [4, 8],
          { what: 'the two totals' },
        );
      },
      { handed },
    );
  }),

  contract('reports each month with its visits', async (lab) => {
    const { value } = await lab.run(report('January', 'February'), { handed });
    lab.same(value, ['January: 10', 'February: 20'], { what: 'the report' });
    const more = { load: answers(11, 22) };
    const later = await lab.run(report('January', 'February'), { handed: more });
    const lines = ['January: 11', 'February: 22'];
    lab.same(later.value, lines, { what: 'the report of the next day, with more visits' });
  }),

  contract('asks for all months before it waits for any', async (lab) => {
    const { steps } = await lab.interleaved([report(...YEAR)], { handed });
    const asked = steps.findLastIndex(({ does }) => does === 'calls');
    const came = steps.findIndex(({ does }) => does === 'goes on');
    // Where nothing is waited for, the check of the report says so.
    if (came !== -1 && asked > came) {
      const before = steps.slice(0, came).filter(({ does }) => does === 'calls').length;
      lab.fail('the months that are asked for before the first comes', '12', String(before));
    }
  }),

  contract('keeps the months in their order, whichever comes first', async (lab) => {
    // The last that waits goes on first.
    const { results } = await lab.interleaved([report('January', 'February', 'March')], {
      handed,
      schedule: [0, 2, 1, 0],
    });
    const lines = ['January: 10', 'February: 20', 'March: 30'];
    lab.same(results[0]?.value, lines, { what: 'the report' });
  }),

  edge('reports a year without months as an empty list', async (lab) => {
    const { value } = await lab.run(report(), { handed });
    lab.same(value, [], { what: 'the report' });
  }),
];
