import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawTurns } from './draw.ts';
import { turnOf, type CallInTurn } from './setup.ts';
import { CALL_STORIES } from './stories.ts';
import { turnsTable } from './table.ts';
import { PICTURE, PICTURE_HASH, SIGNED_UPLOAD } from './upload-story.ts';

const TURN: CallInTurn = {
  by: 'Ada',
  address: '/api/hello',
  headers: { origin: 'https://a.example', cookie: `session=${'x'.repeat(200)}` },
  shown: ['content-type'],
  status: 200,
  asked: 'She asks.',
  answered: 'It answers.',
};
const SENT = `GET /api/hello HTTP/1.1\r\nhost: b\r\norigin: https://a.example\r\ncookie: session=${'x'.repeat(200)}\r\n\r\n`;
const CAME =
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-more: 1\r\n\r\n{"greeting":"Hello"}';

test('a message is shown with its own headers, those that were asked for, and no long line', () => {
  const { call, answer } = turnOf(TURN, SENT, CAME);
  expect(call.headers).toEqual(['origin: https://a.example', 'cookie: session=…xxxxxxxxxx']);
  expect(answer.headers).toEqual(['Content-Type: application/json']);
  expect(answer.body).toBe('{"greeting":"Hello"}');
});

test('an answer that the story does not expect fails the build, and says what came', () => {
  expect(() => turnOf(TURN, SENT, 'HTTP/1.1 500 Oh\r\n\r\nno')).toThrow(
    'GET /api/hello: expected 200, found HTTP/1.1 500 Oh no',
  );
});

test('each message has its step, in the picture and in the table', () => {
  const turns = [turnOf(TURN, SENT, CAME), turnOf(TURN, SENT, CAME)];
  expect(String(drawTurns(turns)).match(/data-step="\d"/g)).toEqual(
    [1, 2, 3, 4].map((step) => `data-step="${step}"`),
  );
  const table = String(turnsTable(turns));
  expect(table.match(/<tr>/g)).toHaveLength(5);
  expect(table).toContain('It answers.');
});

test('every story tells something of each of its messages', () => {
  for (const { calls } of Object.values(CALL_STORIES)) {
    for (const { asked, answered } of calls) {
      expect(asked).not.toBe('');
      expect(answered).not.toBe('');
    }
  }
});

test('a picture is sent to the address that was signed, and the entry names it by its key', () => {
  const url = '../_objects/private/k1?method=PUT&signature=s';
  const upload = { method: 'PUT', url, headers: { 'content-type': 'image/png' } };
  const signed = JSON.stringify({ key: 'k1', upload });
  const [, foreign, own, entry, shown] = SIGNED_UPLOAD.calls;
  for (const call of [foreign, own]) {
    expect(call?.from?.([signed], 0)).toEqual({
      address: '/_objects/private/k1?method=PUT&signature=s',
      headers: { 'content-type': 'image/png' },
    });
  }
  expect(entry?.from?.([signed], 0)).toMatchObject({
    body: expect.stringContaining('"picture":"k1"') as string,
  });
  const posted = JSON.stringify({ picture: '../_objects/public/88c9' });
  expect(shown?.from?.([signed, '', '', posted], 0)).toEqual({ address: '/_objects/public/88c9' });
  expect(foreign?.body?.length).toBe(own?.body?.length);
  expect(PICTURE_HASH).toBe(createHash('sha256').update(PICTURE).digest('hex'));
});

test('a story says when its answers do not hold together', () => {
  const late = CALL_STORIES['too-late'];
  expect(late?.holds?.(['x', '{"saved":1}', 'x', 'x', '{"saved":3}'])).toBe(true);
  expect(late?.holds?.(['x', '{"saved":1}', 'x', 'x', '{"saved":2}'])).toBe(false);
  expect(late?.holds?.([])).toBe(false);
  const undo = CALL_STORIES['undo-first'];
  expect(undo?.holds?.(['', '', '{"isTaken":false,"refused":1}'])).toBe(true);
  expect(undo?.holds?.(['', '', '{"isTaken":false,"refused":0}'])).toBe(false);
  const cached = CALL_STORIES['shared-cache'];
  expect(cached?.holds?.(['', '{"a":1}', '', '{"a":1}'])).toBe(true);
  expect(cached?.holds?.(['', '{"a":1}', '', '{"a":2}'])).toBe(false);
});
