/** A database for functions that are deployed elsewhere: a store of ours, asked at the `/sql` of a gateway. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOUNTS } from '../faas/api.ts';
import { listen } from '../faas/gateway/server.ts';
import { LocalPlatform } from '../faas/local/local-platform.ts';
import { parseServeOptions } from '../faas/local/serve-options.ts';

/** A store that answers. */
export interface CourseStore {
  /** The environment of a function that uses it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * The Postgres that `DATABASE_URL` names, else one of its own, whose data is gone afterwards.
 *
 * @param root folder of the project
 */
export async function openCourseStore(root: string): Promise<CourseStore> {
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'verify-store-')));
  const options = parseServeOptions([], { PORT: '0' });
  const local = new LocalPlatform({
    root,
    site: (_request, response) => response.writeHead(404).end(),
    options,
    development: false,
    dataFolder,
    onError: (error) => {
      throw error;
    },
  });
  await local.prepareResources();
  const server = await listen(local.gateway, '127.0.0.1', 0);
  const { origin } = local.gateway;
  return {
    variables: {
      // Whoever has the token that a start prints may ask from anywhere, and wakes the database.
      DATABASE_URL: `postgresql://verify:${options.token}@127.0.0.1/course`,
      SQL_ENDPOINT: `${origin ?? ''}${MOUNTS.sql}`,
    },
    async stop() {
      await server.stop(1_000);
      await local.stop();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
