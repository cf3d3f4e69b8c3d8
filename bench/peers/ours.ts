/** The platform of this repository, as `npm start` runs it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../packages.ts';
import type { Peer } from '../peer.ts';
import { billFromTrace } from './our-bill.ts';

/** Calls at once in an instance that is shared: more than are ever made. */
const MANY = 80;
const SITE = join(REPOSITORY, 'dist');

export const ours = platform({
  id: 'ours',
  title: 'Scale to Zero',
  instance: 'a process for each call at once, behind a gateway',
});

/** As peers do it that have one instance for all calls: Node's own way to serve. */
export const oursShared = platform({
  id: 'ours-shared',
  title: 'Scale to Zero, shared',
  instance: 'a process that takes many calls at once, behind a gateway (--policy concurrent)',
  isShared: true,
});

function platform({
  isShared = false,
  ...named
}: Pick<Peer, 'id' | 'title' | 'instance'> & { readonly isShared?: boolean }): Peer {
  return {
    ...named,
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
      const start = join(REPOSITORY, 'faas/commands/start.ts');
      const args = [start, '--no-build', '--port', String(port)];
      if (idleMs !== undefined) args.push('--idle-timeout-ms', String(idleMs));
      if (isShared) args.push('--policy', `concurrent:concurrency=${instances ?? MANY}`);
      if (instances !== undefined) args.push('--max-instances', String(isShared ? 1 : instances));
      return { args };
    },
  };
}
