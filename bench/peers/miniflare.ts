/** Cloudflare's local simulator as a library: workerd runs the handler in an isolate. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

const SERVER = `
import { Miniflare } from 'miniflare';

const server = new Miniflare({
  modules: true,
  scriptPath: './handler.mjs',
  compatibilityDate: '2026-07-01',
  host: '127.0.0.1',
  port: Number(process.env.PORT),
  cf: false,
  telemetry: { enabled: false },
});
process.once('SIGTERM', () => server.dispose());
await server.ready;
`;

export const miniflare: Peer = {
  id: 'miniflare',
  title: 'miniflare',
  instance: 'an isolate in one workerd process',
  packages: ['miniflare'],
  path: '/',
  has: [],

  prepare(workspace, port) {
    workspace.script('handler.mjs');
    const server = SERVER.replace(
      `'miniflare'`,
      `'${packageFile('miniflare', 'dist/src/index.js')}'`,
    );
    return { args: [workspace.write('server.mjs', server)], env: { PORT: String(port) } };
  },
};
