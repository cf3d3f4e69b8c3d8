import { contract, firstLight } from '#faas/labs/lab-check.ts';
import { handedIn, type CheckedLab, type NamedCall } from '#faas/labs/checked-lab.ts';
import { KILLED, type Outside } from '#faas/labs/shared-world.ts';
import { StormWorld, type Delivery } from './storm-world.ts';

/** Somebody who sends an entry. */
interface Visit {
  readonly id: string;
  readonly user: string;
}

const NOON = 1_700_000_000_000;

/** What Run hands in. */
export function outside(): Outside {
  return new StormWorld().answer;
}

function doorOf({ id, user }: Visit): NamedCall {
  return ['door', { id, text: 'hello' }, user, NOON];
}

function signOf({ id, user }: Visit): NamedCall {
  return ['sign', { id, text: `hello from ${user}` }, user, handedIn('sql'), handedIn('send')];
}

function thankOf({ message, number }: Delivery): NamedCall {
  const verbs = ['begin', 'remember', 'act', 'commit', 'done'];
  return ['thank', message, ...verbs.map((verb) => handedIn(`${verb}#${number}`))];
}

function visits(user: string, count: number): Visit[] {
  return Array.from({ length: count }, (_none, n) => ({ id: `${user}-${n}`, user }));
}

/** Those who write in the storm. Ada has pressed Send twice at once. */
const WRITERS = [...visits('ada', 4), ...visits('bea', 4), ...visits('ada', 1), ...visits('cy', 3)];
const ENTRIES = new Set(WRITERS.map(({ id }) => id)).size;

/** The same on every machine: an order in which calls get on at different speeds. */
function mixed(seed: number): number[] {
  let state = seed;
  return Array.from({ length: 200 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % 20;
  });
}

/** All write at once, on three instances, of which one is killed. Whoever has heard nothing sends again. */
async function written(lab: CheckedLab, world: StormWorld): Promise<void> {
  let waiting: readonly Visit[] = WRITERS;
  for (const dies of [7, 3, 0]) {
    const { results } = await lab.interleaved(waiting.map(signOf), {
      outside: () => world.answer,
      instances: 3,
      schedule: mixed(dies + 5),
      dies,
    });
    waiting = waiting.filter((_visit, index) => results[index]?.error === KILLED);
    if (waiting.length === 0) return;
  }
}

/** Delivers until nothing is left. Of the first three rounds each has a kill. */
async function delivered(lab: CheckedLab, world: StormWorld): Promise<void> {
  for (const dies of [11, 8, 5, 0, 0, 0, 0, 0]) {
    const deliveries = world.deliver();
    if (deliveries.length === 0) return;
    await lab.interleaved(deliveries.map(thankOf), {
      outside: () => world.answer,
      instances: 3,
      schedule: mixed(dies + 1),
      dies,
    });
  }
}

export default [
  firstLight('lets a visitor in, keeps the entry, and gives ten points for it', async (lab) => {
    const world = new StormWorld();
    const [ada] = visits('ada', 1) as [Visit];
    const { value: isLetIn } = await lab.run(doorOf(ada));
    lab.same(isLetIn, true, { what: 'what the door says' });
    const { value } = await lab.run(signOf(ada), { outside: () => world.answer });
    lab.same(value, 1, { what: 'the number of posts' });
    for (const delivery of world.deliver()) {
      await lab.run(thankOf(delivery), { outside: () => world.answer });
    }
    lab.same(world.points, { ada: 10 }, { what: 'the points' });
  }),

  contract('first law: no visitor gets more than their share, whatever they send', async (lab) => {
    const patient = Array.from({ length: 30 }, (): Visit => ({ id: 'one', user: 'dan' }));
    const crowd = [...patient, ...visits('mallory', 30), ...visits('ada', 1)];
    const { results } = await lab.interleaved(crowd.map(doorOf));
    const letIn = (user: string): number =>
      results.filter(({ value }, index) => value === true && crowd[index]?.user === user).length;
    const share = letIn('dan');
    if (share === 30)
      lab.fail('thirty calls of dan at one moment', 'that some are refused', 'all are let in');
    lab.same(letIn('mallory'), share, {
      what: 'how many calls of mallory are let in, who sends thirty entries at one moment',
      detail: `Of dan’s thirty calls with one entry, ${share} were let in.`,
    });
    lab.same(letIn('ada'), 1, {
      what: 'how many calls of ada are let in, who comes after the two',
    });
  }),

  contract('second law: each entry is there, and counts once', async (lab) => {
    const world = new StormWorld();
    await written(lab, world);
    const ids = [...new Set(WRITERS.map(({ id }) => id))].sort();
    lab.same(
      world.entries?.map(({ id }) => id),
      ids,
      { what: 'the ids of the entries' },
    );
    lab.same(world.posts, ENTRIES, { what: 'what the row of book says' });
  }),

  contract('third law: each entry gives ten points, once', async (lab) => {
    const world = new StormWorld();
    // The shop counts its orders, and one of them happens to be called like an entry.
    world.send({ id: 'bea-0', source: '/shop', customer: 'bea' });
    await written(lab, world);
    await delivered(lab, world);
    lab.same(world.live, [], { what: 'the messages that are left in the queue' });
    const expected = { ada: 40, bea: 50, cy: 30 };
    const detail = 'Ada has four entries, Bea four and one order in the shop, and Cy three.';
    lab.same(world.points, expected, { what: 'the points', detail });
  }),
];
