/** Google's Functions Framework: the handler in its own form, in the server's process. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

const ADAPTER = `
import { answer } from './handler.mjs';

export const bench = async (request, response) => {
  response.json(await answer(new URLSearchParams(request.query)));
};
`;

export const functionsFramework: Peer = {
  id: 'functions-framework',
  title: 'functions-framework',
  instance: 'the server itself',
  packages: ['@google-cloud/functions-framework'],
  path: '/',
  has: ['timeoutS'],

  prepare(workspace, port, { timeoutS }) {
    workspace.script('handler.mjs');
    workspace.write('index.mjs', ADAPTER);
    workspace.write('package.json', JSON.stringify({ type: 'module', main: 'index.mjs' }));
    const program = packageFile('@google-cloud/functions-framework', 'build/src/main.js');
    const args = [program, '--target=bench', `--port=${port}`];
    if (timeoutS !== undefined) args.push(`--timeout=${timeoutS}`);
    return { args };
  },
};
