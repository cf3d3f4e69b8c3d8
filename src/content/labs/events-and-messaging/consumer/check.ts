import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import { handedIn, type CheckedLab } from '#faas/labs/checked-lab.ts';
import type { Outside } from '#faas/labs/shared-world.ts';
import { ConsumerDatabase, type ConsumerVerb } from '#faas/schedules/consumer-database.ts';
import { EntryQueue, type QueuedEntry } from './entry-queue.ts';

const MESSAGE = { id: '17', source: '/shop', customer: 'ada' };
const [begin, remember, act, commit, done, claim, charge, add] = [
  'begin',
  'remember',
  'act',
  'commit',
  'done',
  'claim',
  'charge',
  'add',
].map(handedIn);

/** One delivery, with a database of its own. */
class OneDelivery {
  readonly #database = new ConsumerDatabase();
  isDone = false;

  get effects(): number {
    return this.#database.effects.length;
  }

  readonly answer: Outside = (verb, given) => {
    if (verb === 'add') return { value: null };
    if (verb === 'done') {
      this.isDone = true;
      return { value: null };
    }
    const row = { event: 1, delivery: 1 };
    const outcome = this.#database.step(verb as Exclude<ConsumerVerb, 'done'>, row, given);
    return outcome === 'waits' ? { value: null } : outcome;
  };
}

/** What Run hands in. */
export function outside(): Outside {
  return new OneDelivery().answer;
}

/** Rounds in which a batch may come to its end. */
const MOST_ROUNDS = 12;

/** Delivers until nothing is left, and tells what has become of the entries. */
async function delivered(lab: CheckedLab, queue: EntryQueue): Promise<void> {
  for (let round = 1; round <= MOST_ROUNDS && queue.live.length > 0; round += 1) {
    const batch = queue.take();
    const { value, error } = await lab.run(['addEntries', batch, add], {
      outside: () => queue.answer,
    });
    queue.settle(batch, error === null ? value : null);
  }
}

const ENTRIES: readonly QueuedEntry[] = [
  { id: 'a1', key: 'ada', text: 'hello' },
  { id: 'b1', key: 'bea', text: 'hi' },
  { id: 'a2', key: 'ada', text: 'it is me' },
  { id: 'b2', key: 'bea', text: 'again' },
  { id: 'a3', key: 'ada', text: 'bye' },
];

export default [
  firstLight('gives one message its effect, and says done', async (lab) => {
    const delivery = new OneDelivery();
    const asked = ['addPoints', MESSAGE, begin, remember, act, commit, done] as const;
    const { error } = await lab.run(asked, { outside: () => delivery.answer });
    lab.same(error, null, { what: 'an error' });
    lab.same(delivery.effects, 1, { what: 'how often the points were added' });
    lab.same(delivery.isDone, true, { what: 'whether done was said' });
  }),

  contract('adds the points once, under two hundred schedules', (lab) =>
    lab.underSchedules((message) => ['addPoints', message, begin, remember, act, commit, done]),
  ),

  contract('charges the card once, under two hundred schedules', (lab) =>
    lab.underSchedules((message) => ['chargeCard', message, charge, done, claim]),
  ),

  edge(
    'has delivered again what failed, and what stands behind it on the same key',
    async (lab) => {
      const queue = new EntryQueue(ENTRIES, { a2: 1 });
      await delivered(lab, queue);
      const detail = queue.told;
      lab.same(queue.addedOf('ada'), ['a1', 'a2', 'a3'], {
        what: 'what was added for ada',
        detail,
      });
      lab.same(queue.addedOf('bea'), ['b1', 'b2'], { what: 'what was added for bea', detail });
      lab.same(queue.firstRound, ['a1', 'b1', 'b2'], {
        what: 'what the first delivery has added (in it a2 fails)',
        detail,
      });
    },
  ),

  edge(
    'lets an entry that always fails be set aside, and keeps nobody else waiting',
    async (lab) => {
      const queue = new EntryQueue(ENTRIES, { a1: Infinity });
      await delivered(lab, queue);
      const detail = queue.told;
      lab.same(queue.dead, ['a1'], { what: 'what was set aside', detail });
      lab.same(queue.firstRound, ['b1', 'b2'], {
        what: 'what the first delivery has added (in it a1 fails)',
        detail,
      });
      lab.same(queue.addedOf('ada'), ['a2', 'a3'], {
        what: 'what was added for ada after that',
        detail,
      });
    },
  ),
];
