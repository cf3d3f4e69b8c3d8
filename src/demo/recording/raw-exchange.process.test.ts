import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { rawExchange } from './raw-exchange.ts';

test('sends one call, and returns all that comes back until the far side hangs up', async () => {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      heard += String(data);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.end('hé');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { call, answer } = await rawExchange({ address: '/api/hello' }, `http://127.0.0.1:${port}`);
  expect(answer).toBe('HTTP/1.1 200 OK\r\n\r\nhé');
  expect(heard).toBe(call);
  expect(call).toMatch(/^GET \/api\/hello HTTP\/1\.1\r\nhost: localhost:4321\r\n.*\r\n\r\n$/s);
});

test('what is sent can have a method, headers and a body of its own', async () => {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      heard += String(data);
      socket.end('HTTP/1.1 204 No Content\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const headers = { origin: 'https://elsewhere.example' };
  const call = { address: '/api/hello', method: 'POST', headers, body: '"é"' };
  await rawExchange(call, `http://127.0.0.1:${port}`);
  expect(heard).toMatch(
    /^POST \/api\/hello .*\r\norigin: https:\/\/elsewhere\.example\r\ncontent-length: 4\r\n.*\r\n\r\n"é"$/s,
  );
});

test('bytes go over the line as they are, and are shown by their number', async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('data', (data: Buffer) => {
      heard.push(data);
      socket.end('HTTP/1.1 201 Created\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const body = new Uint8Array([0x89, 0x50, 0xff]);
  const call = { address: '/picture', method: 'PUT', body };
  const { call: shown } = await rawExchange(call, `http://127.0.0.1:${port}`);
  expect(Buffer.concat(heard).subarray(-3)).toEqual(Buffer.from(body));
  expect(shown).toMatch(/content-length: 3\r\n.*\r\n\r\n\(3 bytes\)$/s);
});

test('where no gateway is named it says who names one', () => {
  expect(() => rawExchange({ address: '/api/hello' }, undefined)).toThrow(/Expected FAAS_ORIGIN/);
});

test('a gateway that is not there fails the build', async () => {
  await expect(rawExchange({ address: '/api/hello' }, 'http://127.0.0.1:1')).rejects.toThrow(
    /ECONNREFUSED/,
  );
});
