/** The platform of this repository, as `npm start` runs it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, type Peer } from '../peer.ts';
import { billFromTrace } from './our-bill.ts';

const SITE = join(REPOSITORY, 'dist');

export const ours: Peer = {
  id: 'ours',
  title: 'Scale to Zero',
  instance: 'a process for each call at once, behind a gateway',
  packages: [],
  path: '/api/bench',
  has: ['idleMs', 'timeoutS', 'memoryMb', 'instances'],
  bill: billFromTrace,

  prepare(workspace, port, { idleMs, timeoutS = 10, memoryMb = 256, instances }) {
    // Where it keeps what it has made of TypeScript, as in a project that was started before.
    workspace.linkPackages();
    workspace.handler('api/bench.ts');
    workspace.write('package.json', JSON.stringify({ type: 'module' }));
    const functions = { 'api/*.ts': { maxDuration: timeoutS, memory: memoryMb } };
    workspace.write('vercel.json', JSON.stringify({ functions }));
    if (existsSync(SITE)) workspace.link('dist', SITE);
    const args = [join(REPOSITORY, 'faas/gateway/start.ts'), '--no-build', '--port', String(port)];
    if (idleMs !== undefined) args.push('--idle-timeout-ms', String(idleMs));
    if (instances !== undefined) args.push('--max-instances', String(instances));
    return { args };
  },
};
