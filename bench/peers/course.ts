/** The command that a student gives, `npm start`, with everything that the course serves. */

import { join } from 'node:path';
import { isFresh } from '../../faas/project/freshness.ts';
import { REPOSITORY } from '../packages.ts';
import type { Peer } from '../peer.ts';

export const course: Peer = {
  id: 'course',
  title: 'npm start, the whole course',
  instance: 'a process for each call at once, behind a gateway',
  packages: [],
  path: '/api/counter',
  has: [],

  prepare(_workspace, port) {
    if (!isFresh(REPOSITORY, join(REPOSITORY, 'dist'))) {
      throw new Error('the site is not built, or older than its sources: npm run build');
    }
    const npm = process.env['npm_execpath'];
    const args = npm === undefined ? ['faas/commands/start.ts'] : [npm, 'start', '--silent'];
    return { args, cwd: REPOSITORY, env: { PORT: String(port) } };
  },
};
