/** Builds the site in a child process, so that a server does not load Astro when it need not build. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Builds the site of `root` into `dist`.
 *
 * @param signal aborts the build
 * @throws when the build fails; the build has then printed why
 */
export async function buildSite(root: string, signal: AbortSignal): Promise<void> {
  const astro = createRequire(join(root, 'package.json')).resolve('astro/package.json');
  const build = spawn(process.execPath, [join(dirname(astro), 'bin/astro.mjs'), 'build'], {
    cwd: root,
    // The IPC channel closes when this process ends, and that ends the build.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Always builds for production, even when a test starts it.
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

/** @throws with the cure when a build could not write its output */
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
