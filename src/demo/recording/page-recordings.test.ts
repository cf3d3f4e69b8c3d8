import { expect, test } from 'vitest';
import { asksFirst, keepRecording, recordingOf } from './page-recordings.ts';

const recording = Promise.resolve({ reason: 'not recorded' });

test('a demo above on the page is known by its id, and on no other page', () => {
  const [page, other] = [new Request('http://a/1'), new Request('http://a/1')];
  keepRecording(page, 'first', { recording, asks: true });
  keepRecording(page, 'second', { recording, asks: false });
  expect(recordingOf(page, 'first')).toBe(recording);
  expect([asksFirst(page, 'first'), asksFirst(page, 'second')]).toEqual([true, false]);
  expect(recordingOf(page, 'third')).toBeUndefined();
  expect(recordingOf(other, 'first')).toBeUndefined();
  expect(asksFirst(other, 'first')).toBe(false);
});
