import { expect, test } from 'vitest';
import type { EntryAnswer, EntryRequest } from './entry-calls.ts';
import { entryHandler } from './entry-runtime.ts';

async function run(module: Record<string, unknown>, asked: EntryRequest): Promise<EntryAnswer> {
  const body = JSON.stringify(asked);
  const request = new Request('https://lab.invalid/', { method: 'POST', body });
  return (await (await entryHandler(module).fetch(request)).json()) as EntryAnswer;
}

const SAVE = { $handed: 'save' };
const shared = (): Record<string, unknown> => {
  let user = '';
  const greet = async (name: string, save: () => Promise<void>): Promise<string> => {
    user = name;
    await save();
    return user;
  };
  return { greet };
};
const two = [
  { entry: 'greet', args: ['Ada', SAVE] },
  { entry: 'greet', args: ['Bea', SAVE] },
];

test('a call answers its value, or the error that it threw', async () => {
  const module = {
    add: (a: number, b: number) => a + b,
    fail: () => {
      throw new TypeError('no');
    },
  };
  const calls = [
    { entry: 'add', args: [1, 2] },
    { entry: 'fail', args: [] },
    { entry: 'other', args: [] },
  ];
  const { results } = await run(module, { calls });
  expect(results[0]).toEqual({ value: 3 });
  expect(results[1]).toMatchObject({ error: 'no' });
  expect(results[2]).toMatchObject({
    error: 'The file exports add, fail. Expected a function called other.',
  });
});

test('the schedule says who goes on, so that a shared variable is wrong in some orders alone', async () => {
  const alone = await run(shared(), { calls: two, schedule: [0, 1, 0] });
  expect(alone.results).toEqual([{ value: 'Ada' }, { value: 'Bea' }]);
  const mixed = await run(shared(), { calls: two, schedule: [0, 0, 0] });
  expect(mixed.results).toEqual([{ value: 'Bea' }, { value: 'Bea' }]);
  expect(mixed.steps.map(({ call, does }) => `${call} ${does}`)).toEqual([
    '0 begins',
    '0 calls',
    '1 begins',
    '1 calls',
    '0 goes on',
    '0 ends',
    '1 goes on',
    '1 ends',
  ]);
});

test('a handed-in function answers in turn, and its last answer goes on', async () => {
  const module = {
    async load(save: () => Promise<unknown>) {
      const tried: unknown[] = [];
      for (let n = 0; n < 3; n += 1) {
        tried.push(await save().catch((error: Error) => error.message));
      }
      return tried;
    },
  };
  const handed = { save: [{ error: 'down' }, { value: 5 }] };
  const { results } = await run(module, { calls: [{ entry: 'load', args: [SAVE] }], handed });
  expect(results).toEqual([{ value: ['down', 5, 5] }]);
});

test('what JSON has no word for comes as text, and nothing as null', async () => {
  const module = { odd: () => [NaN, Infinity, 5n], none: () => undefined };
  const { results } = await run(module, {
    calls: [
      { entry: 'odd', args: [] },
      { entry: 'none', args: [] },
    ],
  });
  expect(results).toEqual([{ value: ['NaN', 'Infinity', '5'] }, { value: null }]);
});

test('what no call waits for goes on when all have ended, so that a later call can wait for it', async () => {
  let loading: Promise<unknown> | undefined;
  const module = {
    begin: (load: () => Promise<unknown>) => void (loading = load()),
    use: async () => `used ${String(await loading)}`,
  };
  const begun = await run(module, {
    calls: [{ entry: 'begin', args: [{ $handed: 'load' }] }],
    handed: { load: [{ value: 'table' }] },
  });
  expect(begun.steps.map(({ does }) => does)).toEqual(['begins', 'calls', 'ends']);
  const { results } = await run(module, { calls: [{ entry: 'use', args: [] }] });
  expect(results).toEqual([{ value: 'used table' }]);
});

test('a handed-in function that is kept and called in a later call answers there', async () => {
  let kept: (() => Promise<unknown>) | undefined;
  const module = {
    keep: (load: () => Promise<unknown>) => void (kept = load),
    use: async () => `used ${String(await kept?.())}`,
  };
  const calls = [{ entry: 'keep', args: [{ $handed: 'load' }] }];
  await run(module, { calls, handed: { load: [{ value: 'table' }] } });
  const { results } = await run(module, { calls: [{ entry: 'use', args: [] }] });
  expect(results).toEqual([{ value: 'used table' }]);
});
