import { describe, expect, it } from 'vitest';
import { batchOutcome } from './batch-answer.ts';
import { contentOf } from './fixtures/queue-story.ts';

const messages = ['a', 'b'].map((name, index) => ({
  ...contentOf(name),
  number: index + 1,
  receives: 1,
  sentAtMs: 0,
}));
const [a, b] = messages.map(({ id }) => id);

const failed = (status: number, body: unknown): string[] =>
  batchOutcome(messages, status, typeof body === 'string' ? body : JSON.stringify(body)).failed.map(
    ({ type }) => type,
  );
const named = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('none fails', () => {
  it.each([
    ['an answer without a body', ''],
    ['any text', 'batchItemFailures, or not'],
    ['an empty list', named()],
    ['null', { batchItemFailures: null }],
    ['other JSON', { ok: true }],
  ])('by 200 with %s', (_what, body) => expect(failed(200, body)).toEqual([]));
});

it('those that are named fail', () => {
  expect(failed(200, named(b))).toEqual(['b']);
  expect(failed(207, named(a, b))).toEqual(['a', 'b']);
});

describe('all fail', () => {
  it.each([
    ['a status that is no 2xx', 500, named(a)],
    ['a redirect', 302, ''],
    ['an id that no message has', 200, named(b, 'c')],
    ['a failure without an id', 200, { batchItemFailures: [{}] }],
    ['no list', 200, { batchItemFailures: { itemIdentifier: a } }],
  ])('by %s', (_what, status, body) => expect(failed(status, body)).toEqual(['a', 'b']));
});
