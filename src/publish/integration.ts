/**
 * The last steps of a build, over the output of all others: policies and headers, compression, and
 * the stamp that marks the folder as complete. It must be the last integration.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { stampOf, writeStamp, type SiteAddress } from '#faas/project/freshness.ts';
import { compress } from './compress.ts';
import { writeHeaders, type BuiltPage } from './headers.ts';
import { withLateScripts } from './page-scripts.ts';

/** The integration to add last to `astro.config`. */
export default function publish(): AstroIntegration {
  let root = '';
  let address: SiteAddress = { site: undefined, base: '/' };
  let stamp = '';
  return {
    name: 'publish',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
        address = { site: config.site, base: config.base };
      },

      'astro:build:start': () => {
        stamp = stampOf(root, address);
        // Ends the build when the `npm start` that began it has ended.
        process.once('disconnect', () => process.exit(1));
        process.channel?.unref();
      },

      'astro:build:done': async ({ dir, logger }) => {
        const dist = fileURLToPath(dir);
        const pages = pagesIn(dist);
        for (const { file } of pages) putOffScripts(file, dist, address.base);
        writeHeaders(root, dist, address.base, pages);
        const begun = performance.now();
        const cpu = process.cpuUsage();
        const files = await compress(filesIn(dist));
        const seconds = ((performance.now() - begun) / 1e3).toFixed(1);
        const { user, system } = process.cpuUsage(cpu);
        const cpuSeconds = ((user + system) / 1e6).toFixed(1);
        // `bench/site/build-output.ts` reads this line.
        logger.info(`${files} files compressed in ${seconds} s (${cpuSeconds} s of CPU)`);
        writeStamp(dist, stamp);
      },
    },
  };
}

/** Lets the page in `file` be painted before it loads its scripts, and load those without detours. */
function putOffScripts(file: string, dist: string, base: string): void {
  const textOf = (url: string) => {
    const script = url.startsWith(base) ? join(dist, url.slice(base.length)) : null;
    return script !== null && existsSync(script) ? readFileSync(script, 'utf8') : undefined;
  };
  writeFileSync(file, withLateScripts(readFileSync(file, 'utf8'), textOf));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function pagesIn(dist: string): BuiltPage[] {
  return filesIn(dist)
    .filter((file) => file.endsWith('.html'))
    .map((file) => {
      const name = file.slice(dist.length).replaceAll('\\', '/');
      return { file, path: `/${name.replace(/(^|\/)index\.html$/, '$1')}` };
    });
}
