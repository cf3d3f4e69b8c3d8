import { expect, test } from 'vitest';
import { runAwaits } from './run.ts';
import { lineWith, sentenceOf } from './setup.ts';

test('the first caller is greeted with the name of the second, who came while the first waited', async () => {
  const [set, wait, end] = [lineWith('nameOf'), lineWith('await'), lineWith('return')];
  const step = (caller: string, line: number, user: string, answer: string | null = null) => ({
    caller,
    line,
    user,
    answer,
  });
  expect(await runAwaits()).toEqual([
    step('Ada', set, 'Ada'),
    step('Ada', wait, 'Ada'),
    step('Bea', set, 'Bea'),
    step('Bea', wait, 'Bea'),
    step('Ada', end, 'Bea', 'Hello, Bea!'),
    step('Bea', end, 'Bea', 'Hello, Bea!'),
  ]);
});

test('each step has its sentence', async () => {
  const said = (await runAwaits()).map((step, index) => sentenceOf(step, index === 0));
  expect(said).toEqual([
    'Ada’s call comes, and sets user to Ada.',
    'Ada’s call waits at await. From here on somebody else can run in this instance.',
    'While the other call waits, Bea’s comes into the same instance, and sets user to Bea.',
    'Bea’s call waits at await. From here on somebody else can run in this instance.',
    'Ada’s call goes on, and reads user: “Hello, Bea!” It is somebody else’s name.',
    'Bea’s call goes on, and reads user: “Hello, Bea!”',
  ]);
});
