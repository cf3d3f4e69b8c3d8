/** The two tasks of the benchmark that are about the site, each loaded when it is asked for. */

import type { SiteOptions } from './options.ts';

/** @param tell progress, for the terminal */
export async function runSite(
  options: Exclude<SiteOptions, { readonly task: 'help' }>,
  tell: (text: string) => void,
): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}.`)));
  }
  if (options.task === 'build') {
    const { benchBuild } = await import('./build.ts');
    await benchBuild(options, tell, stop.signal);
  } else {
    const { benchPages } = await import('./pages.ts');
    await benchPages(options, tell, stop.signal);
  }
}
