/**
 * The gateway inside `astro dev`: the same functions at the same URLs. A saved function takes effect
 * with the next call; pages are reloaded, because they show its source.
 */

import type { IncomingMessage } from 'node:http';
import { relative, sep } from 'node:path';
import type { Plugin, ViteDevServer } from 'vite';
import {
  PLACE_FILE,
  SANDBOX_FILES,
  TAB_DATABASE,
  TAB_FUNCTIONS,
  TAB_RULES,
  type PlaceFile,
  type TabFunction,
} from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { Gateway } from '../gateway/gateway.ts';
import { LocalPlatform } from '../local/local-platform.ts';
import { sendJson } from '../gateway/message.ts';
import { parseServeOptions } from '../local/serve-options.ts';
import { bundle } from './bundle.ts';
import { databaseFacts, databaseWorker, pgliteFile } from './tab-database-files.ts';
import { inTab, mayRunInTab, tabRules } from './tab-modules.ts';
import { sandboxHtml, sandboxRuntime } from './sandbox-files.ts';

/**
 * Time from a change until the file is read, in ms. Editors write a file in several steps, and Vite's
 * watcher reports a file at most once in 50 ms and drops changes between: a file read sooner could be
 * half written, with no later event to correct it.
 */
const SETTLE_MS = 75;

/** Files that are made, not written, and those outside the project. A function may use any other. */
const MADE = /^(\.\.|dist|\.[^/]+|(.*\/)?(node_modules|__pycache__))\//;

/** The plugin for Vite, and how to stop its platform. */
export interface GatewayPlugin {
  readonly plugin: Plugin;
  /** Stops all instances. Call it when the development server closes. */
  stop(): Promise<void>;
}

/** @param root folder of the project */
export function gatewayPlugin(root: string): GatewayPlugin {
  let local: LocalPlatform | null = null;
  const plugin: Plugin = {
    name: 'scale-to-zero:gateway',
    apply: 'serve',
    // Vite would answer preflights by itself, before the front door is asked.
    config: () => ({ server: { cors: false } }),
    configureServer(vite) {
      local = platformFor(root, vite);
      serve(local, root, vite);
      watch(local, root, vite);
      vite.httpServer?.once('listening', () => {
        listensAt(local?.gateway, vite);
        local?.deliver();
      });
      void local.prepare();
      // What is wrong here, the call that needs it will say.
      void local.prepareResources().catch(() => undefined);
    },
  };
  return { plugin, stop: async () => local?.stop() };
}

function platformFor(root: string, { config }: ViteDevServer): LocalPlatform {
  const options = parseServeOptions([], process.env);
  const { allowedHosts } = config.server;
  const hosts = allowedHosts === true ? ['*'] : (allowedHosts ?? []);
  return new LocalPlatform({
    root,
    site: () => undefined,
    options: { ...options, allowedHosts: [...options.allowedHosts, ...hosts] },
    development: true,
    onError: (error) => config.logger.error(`[faas] ${String(error)}`),
    onProgress: (line) => config.logger.info(`[faas] ${line}`),
  });
}

/** Lets functions reach the gateway, which has no server of its own here. */
function listensAt(gateway: Gateway | undefined, { httpServer }: ViteDevServer): void {
  const at = httpServer?.address();
  if (gateway === undefined || typeof at !== 'object' || at === null) return;
  const { family, address, port } = at;
  const host = { '::': '[::1]', '0.0.0.0': '127.0.0.1' }[address];
  gateway.origin = `http://${host ?? (family === 'IPv6' ? `[${address}]` : address)}:${port}`;
}

function serve(local: LocalPlatform, root: string, { middlewares }: ViteDevServer): void {
  middlewares.use((request, response, next) => {
    // Astro has already removed the base.
    const path = pathOf(request);
    const text = tabText(local, root, path);
    if (text !== null) {
      response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html');
      text.then((code) => response.end(code), next);
    } else if (path === `/${PLACE_FILE}`)
      sendJson(response, { place: 'local', controls: true } satisfies PlaceFile);
    else if (path === `/${TAB_FUNCTIONS}`) sendJson(response, tabFunctions(local));
    else if (path === `/${TAB_DATABASE.facts}`) {
      databaseWorker(root).then((code) => sendJson(response, databaseFacts(root, code)), next);
    } else if (path.startsWith(`/${TAB_DATABASE.files}`)) {
      const bytes = pgliteFile(path.slice(TAB_DATABASE.files.length + 1));
      if (bytes === null) next();
      else response.end(bytes);
    } else if (path === `/${TAB_RULES}`) sendJson(response, tabRules(local.platformFile));
    else if (Gateway.owns(path)) void local.gateway.handle(request, response);
    else next();
  });
}

/** A text that the tab makes its sandboxes of, bundled when it is asked for; null for another path. */
function tabText(
  { functions }: LocalPlatform,
  root: string,
  path: string,
): Promise<string | null> | null {
  if (path === `/${SANDBOX_FILES.page}`) return Promise.resolve(sandboxHtml());
  if (path === `/${SANDBOX_FILES.runtime}`) return sandboxRuntime(root);
  if (path === `/${TAB_DATABASE.worker}`) return databaseWorker(root);
  const spec = functions.find((one) => path === moduleUrl(one));
  return spec === undefined ? null : bundle(root, spec.file);
}

function moduleUrl({ route }: FunctionSpec): string {
  return `/${TAB_FUNCTIONS.split('/')[0]}${route}.js`;
}

function tabFunctions({ functions, platformFile }: LocalPlatform): TabFunction[] {
  return functions.map((spec) => ({
    ...inTab(spec, platformFile),
    module: mayRunInTab(spec, platformFile)
      ? `${moduleUrl(spec)}?code=${spec.code.slice(0, 8)}`
      : null,
  }));
}

function watch(local: LocalPlatform, root: string, vite: ViteDevServer): void {
  const touched = new Set<string>();
  let settling: NodeJS.Timeout | undefined;
  const takeIn = (): void => {
    const { hot } = vite.environments.client;
    try {
      const changed = [...touched].flatMap((file) => local.changed(file));
      for (const { name } of changed) vite.config.logger.info(`[faas] ${name} has new code`);
      if (changed.length > 0) hot.send({ type: 'full-reload' });
    } catch (error) {
      const { message } = error as Error;
      vite.config.logger.error(`[faas] ${message}`);
      hot.send({ type: 'error', err: { message, stack: '' } });
    }
    touched.clear();
  };
  vite.watcher.on('all', (event, path) => {
    const file = relative(root, path).split(sep).join('/');
    if (MADE.test(file) || event === 'addDir' || event === 'unlinkDir') return;
    touched.add(file);
    clearTimeout(settling);
    settling = setTimeout(takeIn, SETTLE_MS);
  });
}

function pathOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}
