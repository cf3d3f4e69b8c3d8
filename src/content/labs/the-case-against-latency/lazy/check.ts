import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import {
  handedIn,
  type CheckedLab,
  type NamedCall,
  type NamedOutcome,
} from '#faas/labs/checked-lab.ts';

const prices = handedIn('loadPrices');
const printer = handedIn('loadPrinter');
const loads = {
  loadPrices: [{ value: { tea: 3 } }],
  loadPrinter: [{ value: 'laser' }],
} as const;
const fails = { ...loads, loadPrinter: [{ error: 'the printer is out of paper' }] } as const;

const INIT: NamedCall = ['init', prices, printer];
const PRICE: NamedCall = ['answer', '/price', printer, prices];
const INVOICE: NamedCall = ['answer', '/invoice', printer, prices];
const PRINTED = 'laser prints 3';

/** Names of the functions that were asked to load something. */
function loaded({ steps }: NamedOutcome): (string | null)[] {
  return steps.flatMap(({ does, handed }) => (does === 'calls' ? [handed] : []));
}

/** An instance that has started, before its first call. */
async function start(lab: CheckedLab): Promise<NamedOutcome> {
  return lab.interleaved([INIT], { handed: loads });
}

export default [
  firstLight('starts without the printer', async (lab) => {
    const asked = loaded(await start(lab)).filter((name) => name === 'loadPrinter');
    lab.same(asked, [], { what: 'what init loaded beside the prices' });
  }),

  contract('answers the price of tea', async (lab) => {
    await start(lab);
    const { value } = await lab.run(PRICE, { handed: loads });
    lab.same(value, 'tea costs 3', { what: 'the answer to /price' });
  }),

  contract('has the prices ready before the first call', async (lab) => {
    const asked = loaded(await start(lab)).filter((name) => name === 'loadPrices');
    lab.same(asked, ['loadPrices'], { what: 'what init loaded' });
  }),

  contract('answers a price without loading anything', async (lab) => {
    await start(lab);
    const outcome = await lab.interleaved([PRICE], { handed: loads });
    lab.same(loaded(outcome), [], { what: 'what a call of /price loaded' });
    lab.same(outcome.results[0]?.value, 'tea costs 3', { what: 'the answer to /price' });
  }),

  contract('loads the printer for the first invoice', async (lab) => {
    await start(lab);
    const outcome = await lab.interleaved([INVOICE], { handed: loads });
    lab.same(outcome.results[0]?.value, PRINTED, { what: 'the answer to /invoice' });
    lab.same(loaded(outcome), ['loadPrinter'], { what: 'what the first /invoice loaded' });
  }),

  contract('loads the printer once for two invoices, one after the other', async (lab) => {
    await start(lab);
    await lab.run(INVOICE, { handed: loads });
    const outcome = await lab.interleaved([INVOICE], { handed: loads });
    lab.same(outcome.results[0]?.value, PRINTED, { what: 'the answer to the second /invoice' });
    lab.same(loaded(outcome), [], { what: 'what the second /invoice loaded' });
  }),

  contract('loads the printer once for ten first invoices at one moment', async (lab) => {
    await start(lab);
    const ten = Array.from({ length: 10 }, () => INVOICE);
    // All begin before anything has been loaded.
    const outcome = await lab.interleaved(ten, {
      handed: loads,
      schedule: Array.from({ length: 10 }, () => 0),
    });
    lab.same(loaded(outcome), ['loadPrinter'], { what: 'what ten calls of /invoice loaded' });
    const answers = outcome.results.map(({ value }) => value);
    lab.same(
      answers,
      ten.map(() => PRINTED),
      { what: 'their ten answers' },
    );
  }),

  edge('tells all that waited when the load fails', async (lab) => {
    await start(lab);
    const outcome = await lab.interleaved([INVOICE, INVOICE], { handed: fails, schedule: [0, 0] });
    for (const { error, value } of outcome.results) {
      if (error === null) lab.fail('an invoice without a printer', 'an error', String(value));
    }
  }),

  edge('tries again after a load that failed', async (lab) => {
    await start(lab);
    await lab.interleaved([INVOICE, INVOICE], { handed: fails, schedule: [0, 0] });
    const outcome = await lab.interleaved([INVOICE], { handed: loads });
    lab.same(outcome.results[0]?.value, PRINTED, { what: 'the answer to the next /invoice' });
    lab.same(loaded(outcome), ['loadPrinter'], { what: 'what it loaded' });
  }),
];
