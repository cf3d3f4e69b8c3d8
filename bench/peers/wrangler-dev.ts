/** `wrangler dev`: Cloudflare's command line, which bundles the handler and runs it in workerd. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

export const wranglerDev: Peer = {
  id: 'wrangler',
  title: 'wrangler dev',
  instance: 'an isolate in one workerd process',
  packages: ['wrangler'],
  path: '/',
  has: [],

  prepare(workspace, port) {
    workspace.handler('handler.ts');
    const config = { name: 'bench', main: 'handler.ts', compatibility_date: '2026-07-01' };
    workspace.write('wrangler.json', JSON.stringify(config));
    const program = packageFile('wrangler', 'bin/wrangler.js');
    const options = ['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0'];
    return {
      args: [program, 'dev', ...options, '--show-interactive-dev-session=false'],
      env: {
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_SEND_ERROR_REPORTS: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      },
    };
  },
};
