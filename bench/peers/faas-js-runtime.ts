/** Knative's runtime for JavaScript functions: the handler in the process that a container would hold. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

const ADAPTER = `
import { answer } from './handler.mjs';

export const handle = ({ query }) => answer(new URLSearchParams(query));
`;

export const faasJsRuntime: Peer = {
  id: 'faas-js-runtime',
  title: 'faas-js-runtime (Knative)',
  instance: 'the server itself',
  packages: ['faas-js-runtime'],
  path: '/',
  has: [],

  prepare(workspace, port) {
    workspace.script('handler.mjs');
    workspace.write('index.mjs', ADAPTER);
    workspace.write('package.json', JSON.stringify({ type: 'module' }));
    const program = packageFile('faas-js-runtime', 'bin/cli.js');
    return { args: [program, 'index.mjs', '--port', String(port)] };
  },
};
