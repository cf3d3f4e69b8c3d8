import { expect, test } from 'vitest';
import { Favors } from './favors.ts';

const digest = { kind: 'digest', hash: 'SHA-256', data: new Uint8Array() } as const;

test('each favor gets its own answer, and a refusal is an error with its reason', async () => {
  const sent: number[] = [];
  const favors = new Favors((favor) => sent.push(favor));
  const [first, second] = [favors.ask(digest), favors.ask(digest)];
  expect(sent).toEqual([1, 2]);
  favors.done(2, { refused: 'No.' });
  favors.done(1, { bytes: new Uint8Array([1]) });
  expect(await first).toEqual({ bytes: new Uint8Array([1]) });
  await expect(second).rejects.toThrow('No.');
});

test('a flood of favors reaches the page a hundred at a time', async () => {
  const sent: number[] = [];
  const favors = new Favors((favor) => sent.push(favor));
  const all = Array.from({ length: 250 }, () => favors.ask(digest));
  expect(sent).toHaveLength(100);
  for (let favor = 1; favor <= 250; favor += 1) {
    favors.done(favor, { bytes: new Uint8Array() });
    expect(sent.length - favor).toBeLessThanOrEqual(100);
  }
  expect(await Promise.all(all)).toHaveLength(250);
});
