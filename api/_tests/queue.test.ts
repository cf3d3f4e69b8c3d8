import { expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '#faas/core/queue/queue-message.ts';
import { MessageTooLarge, send } from '../_lib/queue.ts';

const message = { id: crypto.randomUUID(), source: '/api/story', type: 'a' };
const refusal = (data: unknown): unknown => {
  try {
    return send('q', { ...message, data });
  } catch (error) {
    return error;
  }
};

it('data that is larger than the limit of the queue is refused, with its size and what to do', async () => {
  const error = refusal('é'.repeat(MAX_MESSAGE_BYTES / 2));
  expect(error).toBeInstanceOf(MessageTooLarge);
  const { response } = error as MessageTooLarge;
  expect(response.status).toBe(413);
  expect(((await response.json()) as { detail: string }).detail).toMatch(
    /65536 bytes of data, and this one has 65538\. Put the data where it can be fetched/,
  );
});
