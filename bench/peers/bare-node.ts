/** The floor: the same handler in a process that does nothing but serve it. No limits, no instances. */

import type { Peer } from '../peer.ts';

/** Requests and responses as the handler knows them, made from Node's own. It prints its port. */
export const BARE_SERVER = `
import { createServer } from 'node:http';
import handler from './handler.mjs';

const server = createServer(async (incoming, outgoing) => {
  const url = \`http://\${incoming.headers.host}\${incoming.url}\`;
  const request = new Request(url, { method: incoming.method, headers: incoming.headers });
  const response = await handler.fetch(request);
  const body = Buffer.from(await response.arrayBuffer());
  const headers = { ...Object.fromEntries(response.headers), 'content-length': body.length };
  outgoing.writeHead(response.status, headers).end(body);
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(server.address().port));
`;

export const bareNode: Peer = {
  id: 'bare-node',
  title: 'bare node:http',
  instance: 'the server itself',
  packages: [],
  path: '/',
  has: [],

  prepare(workspace, port) {
    workspace.script('handler.mjs');
    return { args: [workspace.write('server.mjs', BARE_SERVER)], env: { PORT: String(port) } };
  },
};
