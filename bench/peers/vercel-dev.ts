/** `vercel dev --local`: Vercel's command line without an account. */

import { packageFile } from '../packages.ts';
import type { Peer } from '../peer.ts';

export const vercelDev: Peer = {
  id: 'vercel',
  title: 'vercel dev',
  instance: 'a process for every call',
  packages: ['vercel'],
  path: '/api/bench',
  has: ['timeoutS', 'memoryMb'],

  prepare(workspace, port, { timeoutS = 10, memoryMb = 256 }) {
    workspace.script('api/bench.js');
    workspace.write('package.json', JSON.stringify({ name: 'bench', type: 'module' }));
    const functions = { 'api/*.js': { maxDuration: timeoutS, memory: memoryMb } };
    workspace.write('vercel.json', JSON.stringify({ functions }));
    const program = packageFile('vercel', 'dist/vc.js');
    const options = ['--local', '--yes', '--listen', `127.0.0.1:${port}`];
    // Its other ports may be any; zero lets the system choose.
    options.push('--queue-port', '0', '--runtime-cache-port', '0', '--schedules-port', '0');
    return { args: [program, 'dev', ...options], env: { VERCEL_TELEMETRY_DISABLED: '1' } };
  },
};
