/** The command `npm start`: builds the course if it is missing or old, then serves it. */

import { flushCompileCache } from 'node:module';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { problem } from '../core/problem.ts';
import { takeBuildLock } from './build-lock.ts';
import { buildSite, checkWritable } from './build-site.ts';
import { whenNpmIsGone } from './parent.ts';
import { isFresh } from '../project/freshness.ts';
import type { Site } from '../gateway/gateway.ts';
import { LocalPlatform } from '../local/local-platform.ts';
import { sendProblem } from '../gateway/message.ts';
import type { ServeOptions } from '../local/serve-options.ts';
import { listen, probe, twinOf } from '../gateway/server.ts';
import { serveFiles } from '../gateway/static-files.ts';

/** Time after the start before compiled code is written to the cache for the next start. */
const SETTLED_MS = 1_000;

/** Serves the course until a signal. Resolves once it is ready. @param print prints one line for the reader */
export async function serve(
  root: string,
  options: ServeOptions,
  print: (line: string) => void,
): Promise<void> {
  const dist = join(root, 'dist');
  const stop = new AbortController();
  onStop(() => stop.abort());
  if (options.build && !isFresh(root, dist)) {
    // Fails before the long build rather than after it.
    await probe(options.host, options.port);
    checkWritable(root);
    await build(root, dist, print, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    if (stop.signal.aborted) return;
  }
  const local = new LocalPlatform({
    root,
    site: serveFiles(dist, noSite),
    options,
    development: false,
    onError: (error) =>
      print(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    onProgress: (line) => print(`  ${line}`),
  });
  const server = await listen(local.gateway, options.host, options.port);
  const twin = await twinOf(options.host, server);
  if (twin !== null) print(twin);
  const leave = async (): Promise<void> => {
    await server.stop(options.shutdownMs);
    await local.stop();
    process.exit(0);
  };
  if (stop.signal.aborted) return leave();
  stop.signal.addEventListener('abort', () => void leave(), { once: true });
  const addresses = addressesOf(options, server.origin);
  print(welcome(server.origin, addresses, local, options));
  if (addresses[0] !== undefined) print(await codeOf(addresses[0]));
  for (const mistake of local.mistakes) print(`  ${mistake}\n`);
  await local.prepare();
  local.deliver();
  // Beside the first calls; what is wrong here, the call that needs it will say.
  if (options.build) void local.prepareResources().catch(() => undefined);
  if (local.missingPython !== null) print(`  Without Python: ${local.missingPython}\n`);
  setTimeout(flushCompileCache, SETTLED_MS).unref();
}

const noSite: Site = (_request, response) => {
  const detail = 'The site is not built. Run npm start without --no-build, or npm run build.';
  sendProblem(response, problem('not-found', detail));
};

async function build(
  root: string,
  dist: string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const onWait = (pid: number): void =>
    print(`Another start is building the course (process ${pid}); waiting for it …\n`);
  const lock = await takeBuildLock(root, onWait, signal);
  try {
    if (isFresh(root, dist)) return;
    print('Building the course, since it is missing or older than its sources …\n');
    await buildSite(root, signal);
  } finally {
    lock.release();
  }
}

/**
 * Calls `stop` at the first signal or when npm has ended, to finish the calls in flight. A second
 * signal exits at once.
 */
function onStop(stop: () => void): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop();
    });
  }
  whenNpmIsGone(() => {
    stopping = true;
    stop();
  });
}

/** A QR code of the URL, for a class to open it by phone. It is dark on light in a dark terminal. */
async function codeOf(url: string): Promise<string> {
  const { renderUnicodeCompact } = await import('uqr');
  return `${renderUnicodeCompact(url).replace(/^/gm, '  ')}\n  ${url}\n`;
}

function welcome(
  origin: string,
  addresses: readonly string[],
  local: LocalPlatform,
  options: ServeOptions,
): string {
  const count = (runtime: string) => local.functions.filter((f) => f.runtime === runtime).length;
  return `
  Scale to Zero is at ${[origin, ...addresses].join('\n                      ')}

  functions   ${count('node')} in TypeScript, ${count('python')} in Python, under ${origin}/api/
  ${scaling(options)}${controls(options)}

  Press Ctrl+C to stop.
`;
}

/** The URLs for other machines on the network, if the server listens on all addresses. */
function addressesOf({ host }: ServeOptions, origin: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [];
  const { port } = new URL(origin);
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`);
}

/** The line with the token, which only callers from other machines need. */
function controls({ host, allowedHosts, token }: ServeOptions): string {
  if (['127.0.0.1', '::1', 'localhost'].includes(host) && allowedHosts.length === 0) return '';
  return `\n  controls    from another machine, with Authorization: Bearer ${token}`;
}

function scaling({ policies: { everywhere, own = {} }, idleTimeoutMs }: ServeOptions): string {
  if (everywhere === undefined && Object.keys(own).length === 0) {
    return idleTimeoutMs === Infinity
      ? 'kept        an instance that has started stays'
      : `to zero     an instance leaves after ${idleTimeoutMs / 1000} s without a request`;
  }
  const names = Object.entries(own).map(([path, { name }]) => `${path} by ${name}`);
  return `scaled by   ${[everywhere?.name ?? 'keep-alive', ...names].join(', ')}`;
}
