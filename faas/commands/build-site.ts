/** Builds the site, in a process of its own, so that a server which need not build starts lean. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * @param signal ends the build
 * @throws when the build fails; it has then said why
 */
export async function buildSite(root: string, signal: AbortSignal): Promise<void> {
  const astro = createRequire(join(root, 'package.json')).resolve('astro/package.json');
  const build = spawn(process.execPath, [join(dirname(astro), 'bin/astro.mjs'), 'build'], {
    cwd: root,
    // The channel closes when this process dies, and the build ends with it.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Whoever starts it, a test too, gets the site that readers get.
    env: { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const end = (): void => void build.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  const [code] = (await once(build, 'exit')) as [number | null];
  signal.removeEventListener('abort', end);
  signal.throwIfAborted();
  if (code !== 0) {
    throw new Error(
      'The site could not be built; the lines above say why. Correct that and start again, or start without building: npm start -- --no-build',
    );
  }
}

/** @throws with the cure when a build could not write what it makes */
export function checkWritable(root: string): void {
  for (const folder of [root, join(root, 'node_modules'), join(root, 'dist')]) {
    if (!existsSync(folder)) continue;
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      const cure = existsSync(join(root, 'dist/index.html'))
        ? 'Serve the site as it is: npm start -- --no-build'
        : 'Copy the project to a folder of your own and start it there.';
      throw new Error(
        `The course has to be built, since dist/ is missing or older than its sources, and this user may not write to ${folder}. ${cure}`,
      );
    }
  }
}
