/**
 * The platform in Astro: a gateway in `astro dev`, one during a build for the runs it records, and the
 * functions as modules for the tab in the built site. Each is imported on demand, because everything
 * that reads the site's configuration loads this file.
 */

import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { FunctionSpec } from '../core/function.ts';
import type { BesideBuild } from './beside-build.ts';
import type { GatewayPlugin } from './vite-plugin.ts';

/** Variable with the gateway's origin for pages being rendered: `http://127.0.0.1:41234`. */
const ORIGIN = 'FAAS_ORIGIN';

/** The integration to add to `astro.config`. */
export default function faas(): AstroIntegration {
  let root = '';
  let base = '/';
  let inDev: GatewayPlugin | null = null;
  let beside: BesideBuild | null = null;
  return {
    name: 'scale-to-zero',
    hooks: {
      'astro:config:setup': async ({ config, command, updateConfig }) => {
        root = fileURLToPath(config.root);
        base = config.base;
        // Tests use the development server's configuration, but without a gateway.
        if (command !== 'dev' || process.env['VITEST'] !== undefined) return;
        const { gatewayPlugin } = await import('./vite-plugin.ts');
        inDev = gatewayPlugin(root);
        updateConfig({ vite: { plugins: [inDev.plugin] } });
      },

      'astro:server:start': ({ address }) => {
        process.env[ORIGIN] = originOf(address);
      },

      'astro:server:done': async () => {
        await inDev?.stop();
      },

      'astro:build:start': async () => {
        const { BesideBuild } = await import('./beside-build.ts');
        beside = await BesideBuild.start(root);
        process.env[ORIGIN] = beside.origin;
      },

      'astro:build:done': async ({ dir, logger }) => {
        if (beside === null) return;
        const listed = await beside.finish(fileURLToPath(dir), base);
        const left = listed.filter(({ module }) => module === null);
        const onlyServers = left.length > 0 ? `; only on a server: ${names(left)}` : '';
        logger.info(`${listed.length - left.length} functions for the tab${onlyServers}`);
      },
    },
  };
}

function originOf({ address, family, port }: AddressInfo): string {
  if (address === '::' || address === '0.0.0.0') return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function names(functions: readonly FunctionSpec[]): string {
  return functions.map(({ name }) => name).join(', ');
}
