/** `netlify functions:serve`: Netlify's command line, functions only. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

const ADAPTER = `
import handler from '../../lib/handler.ts';

export default (request: Request) => handler.fetch(request);
`;

export const netlifyFunctions: Peer = {
  id: 'netlify',
  title: 'netlify functions:serve',
  instance: 'a thread for every call',
  packages: ['netlify-cli'],
  path: '/.netlify/functions/bench',
  has: [],
  fixedTimeoutS: 30,

  prepare(workspace, port) {
    workspace.handler('lib/handler.ts');
    workspace.write('netlify/functions/bench.ts', ADAPTER);
    workspace.write('package.json', JSON.stringify({ name: 'bench', type: 'module' }));
    workspace.write('netlify.toml', '[functions]\ndirectory = "netlify/functions"\n');
    const settings = JSON.stringify({ telemetryDisabled: true });
    workspace.write('home/.config/netlify/config.json', settings);
    const program = packageFile('netlify-cli', 'bin/run.js');
    return { args: [program, 'functions:serve', '--offline', '--port', String(port)] };
  },
};
