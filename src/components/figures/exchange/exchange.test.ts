import { expect, test } from 'vitest';
import { drawExchange } from './draw.ts';
import { exchangeOf } from './setup.ts';
import { exchangeTable } from './table.ts';

const CALL = 'GET /api/hello HTTP/1.1\r\nhost: a\r\naccept: */*\r\n\r\n';
const ANSWER =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nX-More: 1\r\ncontent-length: 3\r\n\r\n"é"';
const parts = exchangeOf(CALL, ANSWER);

test('a call and its answer have the same four pieces each, and nothing is lost but what is named', () => {
  expect(parts.map(({ side, name }) => `${side} ${name}`)).toEqual([
    'call method and address',
    'call headers',
    'call empty line',
    'call body',
    'answer status',
    'answer headers',
    'answer empty line',
    'answer body',
  ]);
  const sent = parts.filter(({ side }) => side === 'call').map(({ text }) => text);
  expect(sent.join('')).toBe(CALL);
  expect(parts[5]?.text).toBe('content-type: application/json\r\ncontent-length: 3\r\n');
  expect(parts[5]?.meaning).toContain('added 1 more, left out here: x-more.');
});

test('lengths are of bytes, and not of letters', () => {
  expect(parts[7]?.meaning).toMatch(/^The body: 4 bytes/);
  expect(String(exchangeTable(parts))).toContain('<td>4 bytes</td>');
});

test('each piece is drawn with its step, its line ends seen', () => {
  const drawn = String(drawExchange(parts));
  expect(drawn.match(/data-step="\d"/g)).toHaveLength(8);
  expect(drawn).toContain('GET /api/hello HTTP/1.1↵\n');
  expect(drawn).toContain('>(nothing)<');
});

test('what is no message of HTTP is refused', () => {
  expect(() => exchangeOf(CALL, 'hello')).toThrow(
    /Expected a message of HTTP\/1\.1, found "hello"/,
  );
});
