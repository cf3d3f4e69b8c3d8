import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab } from '#faas/labs/checked-lab.ts';

interface Instance {
  readonly id: string;
  readonly state: 'starting' | 'ready';
  readonly calls: number;
  readonly idleForMs: number;
}

interface Pool {
  readonly perInstance: number;
  readonly most: number;
  readonly instances: readonly Instance[];
}

function starting(id: string): Instance {
  return { id, state: 'starting', calls: 0, idleForMs: 0 };
}

function busy(id: string, calls = 1): Instance {
  return { id, state: 'ready', calls, idleForMs: 0 };
}

function idle(id: string, idleForMs = 500): Instance {
  return { id, state: 'ready', calls: 0, idleForMs };
}

/** Where the call goes when these instances are there. */
async function goes(
  lab: CheckedLab,
  instances: readonly Instance[],
  limits: Partial<Pool> = {},
): Promise<unknown> {
  const pool: Pool = { perInstance: 1, most: 10, ...limits, instances };
  const { value } = await lab.run(['place', pool]);
  return value;
}

const CALL = { what: 'where the call goes' };

/** Every pool of at most two instances, the smallest first. */
function* smallPools(): Generator<Pool> {
  for (const perInstance of [1, 2]) {
    const lives = [starting('a'), idle('a', 0), idle('a', 900)];
    for (let calls = 1; calls <= perInstance; calls += 1) lives.push(busy('a', calls));
    const lists: Instance[][] = [[], ...lives.map((one) => [one])];
    for (const one of lives) for (const two of lives) lists.push([one, { ...two, id: 'b' }]);
    for (const most of [1, 2, 3]) {
      for (const instances of lists) {
        if (instances.length <= most) yield { perInstance, most, instances };
      }
    }
  }
}

export default [
  firstLight('starts an instance when there is none', async (lab) => {
    lab.same(await goes(lab, []), 'start', CALL);
  }),

  contract('takes an idle instance before it starts another', async (lab) => {
    lab.same(await goes(lab, [busy('i1'), idle('i2')]), 'i2', CALL);
  }),

  contract(
    'takes of several idle ones the one that has been idle for the shortest time',
    async (lab) => {
      lab.same(await goes(lab, [idle('i1', 500), idle('i2', 20), idle('i3', 900)]), 'i2', CALL);
    },
  ),

  contract('gives no call to an instance that is still starting', async (lab) => {
    lab.same(await goes(lab, [starting('i1')]), 'start', CALL);
    lab.same(await goes(lab, [starting('i1'), idle('i2')]), 'i2', CALL);
  }),

  contract('waits when there are as many instances as there may be', async (lab) => {
    lab.same(await goes(lab, [busy('i1'), busy('i2')], { most: 2 }), 'wait', CALL);
    lab.same(await goes(lab, [busy('i1'), busy('i2')], { most: 3 }), 'start', CALL);
  }),

  contract('counts those that are still starting towards the limit', async (lab) => {
    lab.same(await goes(lab, [busy('i1'), starting('i2')], { most: 2 }), 'wait', CALL);
  }),

  contract('takes a busy instance with room before an idle one', async (lab) => {
    lab.same(await goes(lab, [idle('i1'), busy('i2', 3)], { perInstance: 5 }), 'i2', CALL);
  }),

  contract('gives no call to an instance that is full', async (lab) => {
    lab.same(await goes(lab, [busy('i1', 5), idle('i2')], { perInstance: 5 }), 'i2', CALL);
    lab.same(await goes(lab, [busy('i1', 5)], { perInstance: 5 }), 'start', CALL);
    lab.same(await goes(lab, [busy('i1', 5)], { perInstance: 5, most: 1 }), 'wait', CALL);
  }),

  contract('takes of several with room the fullest', async (lab) => {
    const instances = [busy('i1', 1), busy('i2', 3), busy('i3', 2), busy('i4', 5)];
    lab.same(await goes(lab, instances, { perInstance: 5 }), 'i2', CALL);
  }),

  edge('takes of equally full ones the first in the list', async (lab) => {
    const instances = [busy('i1', 2), busy('i2', 2), busy('i3', 1)];
    lab.same(await goes(lab, instances, { perInstance: 4 }), 'i1', CALL);
  }),

  edge(
    'in no small pool waits while it could start, or starts while there is room',
    async (lab) => {
      for (const pool of smallPools()) {
        const { perInstance, most, instances } = pool;
        const { value } = await lab.run(['place', pool]);
        const withRoom = instances.filter(
          ({ state, calls }) => state === 'ready' && calls < perInstance,
        );
        const instead = instances.length < most ? 'start' : 'wait';
        if (withRoom.length === 0) lab.same(value, instead, CALL);
        else if (!withRoom.some(({ id }) => id === value)) {
          const ids = withRoom.map(({ id }) => id).join(' or ');
          lab.fail(CALL.what, `onto ${ids}`, JSON.stringify(value));
        }
      }
    },
  ),
];
