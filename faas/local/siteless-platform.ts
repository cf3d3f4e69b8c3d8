/** Functions and resources without a site, at a port of this machine: for what is measured, verified or tested. */

import { listen } from '../gateway/server.ts';
import { LocalPlatform } from './local-platform.ts';
import { parseServeOptions } from './serve-options.ts';

/** A platform that listens. */
export interface SitelessPlatform {
  readonly local: LocalPlatform;
  /** `http://localhost:40321` */
  readonly origin: string;
  /** Opens the controls, and `/sql`, from anywhere. */
  readonly token: string;
  /** Ends it once what is in flight is answered, or after so many ms. */
  stop(graceMs: number): Promise<void>;
}

/** What it is made with. */
export interface SitelessOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Where its resources keep their data. */
  readonly dataFolder: string;
  /** Options of a start, as environment variables. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Origin of other functions that queues deliver to; null for those here. @default always null */
  readonly deliverTo?: () => string | null;
  /** Whether answers show stacks. @default false */
  readonly development?: boolean;
}

/** Nothing of it is prepared: functions and resources are, when they are first wanted. */
export async function startSiteless({
  root,
  dataFolder,
  env = {},
  development = false,
  deliverTo = () => null,
}: SitelessOptions): Promise<SitelessPlatform> {
  const options = parseServeOptions([], { PORT: '0', ...env });
  const local = new LocalPlatform({
    root,
    site: (_request, response) => response.writeHead(404).end(),
    options,
    development,
    dataFolder,
    deliverTo,
    onError: (error) => {
      throw error;
    },
  });
  const { origin, stop } = await listen(local.gateway, '127.0.0.1', 0);
  return {
    local,
    origin,
    token: options.token,
    async stop(graceMs) {
      await stop(graceMs);
      await local.stop();
    },
  };
}
