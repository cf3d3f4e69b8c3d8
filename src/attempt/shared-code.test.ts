import { expect, test } from 'vitest';
import { codeFromText, codeToText, LONGEST_LINK } from './shared-code.ts';

const CODE = 'export default { fetch: () => new Response("grüße 👍") };\n'.repeat(20);

test('code comes back as it went into the link, which is shorter', async () => {
  const text = await codeToText(CODE);
  expect(text).toMatch(/^[\w-]+$/);
  expect(text?.length).toBeLessThan(CODE.length);
  expect(await codeFromText(text ?? '')).toBe(CODE);
});

test('a full stop that a chat has added changes nothing', async () => {
  const text = await codeToText(CODE);
  expect(await codeFromText(`${String(text)}.`)).toBe(CODE);
});

test('code that is too long for a link is said to be', async () => {
  const random = Array.from({ length: 30_000 }, (_, n) => (n * 7919 * n).toString(36)).join('');
  expect(await codeToText(random)).toBeNull();
});

test.each(['', '!', 'AAAA', 'x'.repeat(LONGEST_LINK + 1)])(
  'no code is read out of %s',
  async (text) => {
    expect(await codeFromText(text)).toBeNull();
  },
);

test('a small link that unfolds into very much is not read to its end', async () => {
  const text = await codeToText('a'.repeat(1_000_000));
  expect(text).not.toBeNull();
  expect(await codeFromText(text ?? '')).toBeNull();
});
