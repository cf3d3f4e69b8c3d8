/** npm, run in a folder that has a `package.json` and a lock of its own beside the course's. */

import { spawnSync } from 'node:child_process';

/** No package runs a script of its own: all of them work without. */
const QUIETLY = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--progress=true',
];

/** @returns whether it succeeded; what it says of a failure is shown as it comes */
export function npm(folder: string, ...command: string[]): boolean {
  const cli = process.env['npm_execpath'];
  const [program, first] = cli === undefined ? ['npm', []] : [process.execPath, [cli]];
  const { status } = spawnSync(program, [...first, ...command, ...QUIETLY], {
    cwd: folder,
    stdio: ['ignore', process.stderr.fd, 'inherit'],
    shell: cli === undefined && process.platform === 'win32',
  });
  return status === 0;
}
