import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { EventParser, readEvents } from './server-sent-events.ts';

test('an event is told once its blank line has come, however the text is cut', () => {
  const text =
    'id: 6\n\nid: 7\ndata: {"a":1}\n\n: still here\n\nevent: gap\ndata: {}\n\nid: 8\r\ndata: one\r\ndata: two\r\n\r\n';
  const expected = [
    { data: '{"a":1}', id: '7' },
    { data: 'one\ntwo', id: '8' },
  ];
  expect(new EventParser().read(text)).toEqual(expected);
  const parser = new EventParser();
  expect([...text].flatMap((character) => parser.read(character))).toEqual(expected);
  expect(parser.lastId).toBe('8');
});

test('an event that was cut off is not told, and does not count as received', () => {
  const parser = new EventParser();
  expect(parser.read('id: 1\ndata: a\n\nid: 2\ndata: b\n')).toEqual([{ data: 'a', id: '1' }]);
  expect(parser.lastId).toBe('1');
  parser.restart();
  expect(parser.read('id: 2\ndata: b\n\n')).toEqual([{ data: 'b', id: '2' }]);
});

test('after the line was cut, it asks for what came after the last event it has', async () => {
  const stop = new AbortController();
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const last = request.headers['last-event-id'];
    asked.push(last?.toString());
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const id = Number(last ?? 0) + 1;
    response.end(`id: ${id}\ndata: event ${id}\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const heard: string[] = [];
  const reading = readEvents(
    url,
    (data) => {
      heard.push(data);
      if (heard.length === 2) stop.abort();
    },
    () => undefined,
    stop.signal,
  );
  await reading;
  server.close();
  expect(heard).toEqual(['event 1', 'event 2']);
  expect(asked).toEqual([undefined, '1']);
});
