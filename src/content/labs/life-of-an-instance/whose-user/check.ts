import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import { handedIn, type CheckedLab, type NamedCall } from '#faas/labs/checked-lab.ts';

const saveVisit = handedIn('saveVisit');

/** A call by somebody of this name; null for somebody who gives none. */
function by(name: string | null): NamedCall {
  return ['greet', name, saveVisit];
}

/** What must be answered to somebody of this name. */
function hello({ parameters }: CheckedLab, name: string): string {
  return `${String(parameters['word'])}, ${name}!`;
}

export default [
  firstLight('greets Ada by her name', async (lab) => {
    const { value } = await lab.run(by('Ada'));
    lab.same(value, hello(lab, 'Ada'), { what: 'the greeting' });
  }),

  contract('greets each caller by their own name, one after another', async (lab) => {
    for (const name of ['Ada', 'Bea', 'Ada']) {
      const { value } = await lab.run(by(name));
      lab.same(value, hello(lab, name), { what: `the greeting of ${name}` });
    }
  }),

  contract(
    'greets each of two callers at once by their own name, whoever goes on first',
    async (lab) => {
      await lab.everyOrder([by('Ada'), by('Bea')], ({ results: [ada, bea] }) => {
        lab.same(ada?.value, hello(lab, 'Ada'), { what: 'the greeting of Ada' });
        lab.same(bea?.value, hello(lab, 'Bea'), { what: 'the greeting of Bea' });
      });
    },
  ),

  contract('calls somebody without a name a stranger, whoever came before', async (lab) => {
    const first = await lab.run(by(null));
    lab.same(first.value, hello(lab, 'stranger'), { what: 'the greeting on a new instance' });
    await lab.run(by('Ada'));
    const later = await lab.run(by(null));
    lab.same(later.value, hello(lab, 'stranger'), { what: 'the greeting after Ada’s' });
  }),

  contract('saves each visit once, under the caller’s own name', async (lab) => {
    await lab.everyOrder([by('Ada'), by('Bea')], ({ steps }) => {
      const saved = steps.flatMap(({ does, with: given }) => (does === 'calls' ? [given] : []));
      lab.same(saved.sort(), [['Ada'], ['Bea']], { what: 'the names that were saved' });
    });
  }),

  contract('answers when the visit is saved, and not before', async (lab) => {
    const { steps } = await lab.interleaved([by('Ada')]);
    const order = steps.map(({ does }) => does);
    lab.same(order, ['begins', 'calls', 'goes on', 'ends'], { what: 'the order of steps' });
  }),

  edge('greets three callers at once, a stranger among them', async (lab) => {
    const calls = [by('Ada'), by(null), by('Bea')];
    await lab.everyOrder(calls, ({ results }) => {
      const names = ['Ada', 'stranger', 'Bea'].map((name) => hello(lab, name));
      const came = results.map(({ value }) => value);
      lab.same(came, names, { what: 'the three greetings' });
    });
  }),

  edge('lets a second caller in while the first one’s visit is being saved', async (lab) => {
    // Both begin before anything is saved.
    const { steps } = await lab.interleaved([by('Ada'), by('Bea')], { schedule: [0, 0] });
    const asked = steps.findIndex(({ call, does }) => call === 1 && does === 'calls');
    const saved = steps.findIndex(({ does }) => does === 'goes on');
    // Where nothing is waited for, the check of the order says so.
    if (saved !== -1 && asked > saved)
      lab.fail('Bea’s visit', 'saved beside Ada’s', 'it waited until Ada’s was saved');
  }),
];
