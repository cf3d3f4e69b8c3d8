/** Builds the site, in a process of its own, so that a server which need not build starts lean. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** @throws when the build fails; it has then said why */
export async function buildSite(root: string): Promise<void> {
  const astro = createRequire(join(root, 'package.json')).resolve('astro/package.json');
  const build = spawn(process.execPath, [join(dirname(astro), 'bin/astro.mjs'), 'build'], {
    cwd: root,
    stdio: 'inherit',
    // Whoever starts it, a test too, gets the site that readers get.
    env: { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const [code] = (await once(build, 'exit')) as [number | null];
  if (code !== 0) {
    throw new Error(
      'The site could not be built; the lines above say why. Correct that and start again, or start without building: npm start -- --no-build',
    );
  }
}
