import { expect, test } from 'vitest';
import type { HandedAnswer, HeldAnswer, HeldStep } from './entry-calls.ts';
import { entryHandler } from './entry-runtime.ts';
import { KILLED, runShared, type Instances, type Outside } from './shared-world.ts';

type Sql = (text: string, value?: number) => Promise<number>;

/** Reads a number outside, adds one and writes it back; and counts its calls inside. */
function counter(): Record<string, unknown> {
  let inside = 0;
  return {
    async count(sql: Sql) {
      inside += 1;
      const posts = await sql('read');
      await sql('write', posts + 1);
      return [posts + 1, inside];
    },
    count2: async (sql: Sql) => Promise.all([sql('read'), sql('read')]),
    refuse: (sql: Sql) =>
      sql('refuse').catch((error: Error) => ({ ...error, says: error.message })),
  };
}

function world(): Outside {
  let posts = 0;
  return (_name, [text, value]): HandedAnswer => {
    if (text === 'refuse') return { error: 'no such row', code: '42' };
    if (text === 'write') posts = Number(value);
    return { value: posts };
  };
}

/** Each number is a module of its own, as in an instance. */
function instances(): Instances {
  const made = new Map<number, ReturnType<typeof entryHandler>>();
  return {
    async tell(instance: number, held: HeldStep): Promise<HeldAnswer> {
      const handler = made.get(instance) ?? entryHandler(counter());
      made.set(instance, handler);
      const body = JSON.stringify({ held });
      const request = new Request('https://lab.invalid/', { method: 'POST', body });
      return (await (await handler.fetch(request)).json()) as HeldAnswer;
    },
    async kill(instance: number): Promise<void> {
      made.delete(instance);
      return Promise.resolve();
    },
  };
}

const SQL = { $handed: 'sql' };
const run = (
  names: readonly string[],
  { on = instances(), outside = world(), schedule = [] as number[], dies = 0, count = 2 } = {},
): ReturnType<typeof runShared> => {
  const calls = names.map((entry) => ({ entry, args: [SQL] }));
  return runShared({ calls, instances: count, schedule, outside, dies }, on);
};

test('instances share the world, and not what stands at the top of the file', async () => {
  const one = await run(['count', 'count'], { schedule: [0, 1, 1, 0], count: 2 });
  expect(one.results).toEqual([{ value: [1, 1] }, { value: [2, 1] }]);
  const same = await run(['count', 'count'], { schedule: [0, 1, 1, 0], count: 1 });
  expect(same.results).toEqual([{ value: [1, 1] }, { value: [2, 2] }]);
});

test('the schedule says who goes on, so that both can read before either writes', async () => {
  const { results, steps } = await run(['count', 'count']);
  expect(results).toEqual([{ value: [1, 1] }, { value: [1, 1] }]);
  expect(steps.map(({ call, does }) => `${call} ${does}`).slice(0, 4)).toEqual([
    '0 begins',
    '0 calls',
    '1 begins',
    '1 calls',
  ]);
});

test('an instance that is killed has done in the world what it did, and is followed by a new one', async () => {
  const on = instances();
  const outside = world();
  const killed = await run(['count'], { on, outside, dies: 2, count: 1 });
  expect(killed.results).toEqual([{ error: KILLED, stack: '' }]);
  const again = await run(['count'], { on, outside, count: 1 });
  expect(again.results).toEqual([{ value: [2, 1] }]);
});

test('other calls of a killed instance end with it, and those that have not begun go on', async () => {
  const both = await run(['count', 'count'], { dies: 1, count: 1 });
  expect(both.results).toEqual([
    { error: KILLED, stack: '' },
    { error: KILLED, stack: '' },
  ]);
  const later = await run(['count', 'count'], { dies: 1, count: 1, schedule: [0, 1] });
  expect(later.results).toEqual([{ error: KILLED, stack: '' }, { value: [1, 1] }]);
});

test('a call may ask for several things at once, and hears of a refusal with its code', async () => {
  const { results } = await run(['count2', 'refuse']);
  expect(results).toEqual([{ value: [0, 0] }, { value: { code: '42', says: 'no such row' } }]);
});
