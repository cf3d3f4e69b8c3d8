/** A database for functions that are deployed elsewhere: a store of ours, asked at the `/sql` of a gateway. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOUNTS } from '../faas/api.ts';
import { startSiteless } from '../faas/local/siteless-platform.ts';

/** A store that answers. */
export interface CourseStore {
  /** The environment of a function that uses it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * The Postgres that `DATABASE_URL` names, else one of its own, whose data is gone afterwards.
 *
 * Its queues deliver to those functions: nothing does it where they are deployed.
 *
 * @param root folder of the project
 * @param deliverTo origin of the functions; null as long as they do not run
 */
export async function openCourseStore(
  root: string,
  deliverTo: () => string | null,
): Promise<CourseStore> {
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'verify-store-')));
  const { local, token, stop } = await startSiteless({ root, dataFolder, deliverTo });
  await local.prepareResources();
  const { origin } = local.gateway;
  return {
    variables: {
      // Whoever has the token that a start prints may ask from anywhere, and wakes the database.
      DATABASE_URL: `postgresql://verify:${token}@127.0.0.1/course`,
      SQL_ENDPOINT: `${origin ?? ''}${MOUNTS.sql}`,
    },
    async stop() {
      await stop(1_000);
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
