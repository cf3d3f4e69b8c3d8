import { expect, it } from 'vitest';
import { ofCall } from '#faas/core/trace/fixtures/events.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { treeOfCall } from './run-tree.ts';

const asked = { ...ofCall('/api/cart', 'r1'), method: 'POST', url: '/api/cart' };
const queued: TraceEvent = { type: 'request.queued', at: 0, ...asked };
const failed: TraceEvent = {
  type: 'request.failed',
  at: 5,
  ...ofCall('/api/cart', 'r1'),
  instance: null,
  code: 'throttled',
  handlerMs: 0,
};

it('is asked for again until all of it has ended', async () => {
  const answers = [[], [queued], [queued, failed]];
  const tree = () => Promise.resolve(answers.shift() ?? []);
  const found = await treeOfCall({ tree }, 'r1', new AbortController().signal);
  expect(found).toMatchObject({ request: 'r1', endedMs: 5, code: 'throttled' });
});

it('is not there where a place does not tell', async () => {
  expect(await treeOfCall({}, 'r1', new AbortController().signal)).toBeNull();
});
