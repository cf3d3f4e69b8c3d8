/**
 * The floor of a platform: a server that does nothing but hand each call to a process of its own and
 * back, as little as that can take. It reads no answer but its end, and has no limits.
 */

import type { Peer } from '../peer.ts';
import { BARE_SERVER } from './bare-node.ts';

const RELAY = `
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';

const PROCESSES = 10;
const idle = [];
const waiting = [];

function relay(url, response) {
  const one = idle.pop();
  if (one === undefined) return void waiting.push(() => relay(url, response));
  one.answered = (bytes) => {
    const body = bytes.subarray(bytes.indexOf('\\r\\n\\r\\n') + 4);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
    idle.push(one);
    waiting.shift()?.();
  };
  one.socket.write(\`GET \${url} HTTP/1.1\\r\\nhost: localhost\\r\\n\\r\\n\`, 'latin1');
}

async function start() {
  const child = fork('server.mjs', { env: { ...process.env, PORT: '0' }, silent: true });
  const port = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const made = { socket, answered: () => undefined };
  socket.on('data', (bytes) => made.answered(bytes));
  idle.push(made);
}

await Promise.all(Array.from({ length: PROCESSES }, start));
const server = createServer((request, response) => relay(request.url, response));
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(server.address().port));
`;

export const bareRelay: Peer = {
  id: 'bare-relay',
  title: 'bare relay',
  instance: 'one of ten processes that are always there, behind a server',
  packages: [],
  path: '/',
  has: [],

  prepare(workspace, port) {
    workspace.script('handler.mjs');
    workspace.write(
      'server.mjs',
      `${BARE_SERVER}process.on('disconnect', () => process.exit());\n`,
    );
    return { args: [workspace.write('relay.mjs', RELAY)], env: { PORT: String(port) } };
  },
};
