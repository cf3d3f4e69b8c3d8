/** The worker thread in which a PGlite runs: a statement that takes long holds up nothing else, and can be ended. */

import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGliteSession } from './pglite-session.ts';
import { ERROR_FIELDS, type Batch, type Rows } from './statement.ts';

/** What the thread is asked. */
export type PGliteAsk =
  | { readonly id: number; readonly run: Batch }
  | { readonly id: number; readonly script: string }
  | { readonly id: number; readonly close: true };

/** What it answers; `id` 0 when it is up. */
export type PGliteAnswer =
  | { readonly id: number; readonly rows: readonly Rows[]; readonly changed: number }
  | {
      readonly id: number;
      readonly error: Readonly<Record<string, unknown>> & { message: string };
    };

const { folder } = workerData as { folder: string };

function tell(answer: PGliteAnswer): void {
  parentPort?.postMessage(answer);
}

/** An error loses its own fields on the way. */
function plain(error: unknown): { message: string } {
  const said = Object(error) as Record<string, unknown>;
  const fields = ERROR_FIELDS.map((name) => [name, said[name] ?? undefined]);
  return {
    message: error instanceof Error ? error.message : String(error),
    ...Object.fromEntries(fields),
  };
}

async function answer(session: PGliteSession, ask: PGliteAsk): Promise<void> {
  const { id } = ask;
  if ('run' in ask) tell({ id, rows: await session.run(ask.run), changed: 0 });
  else if ('script' in ask) tell({ id, rows: [], changed: await session.script(ask.script) });
  else {
    await session.close();
    tell({ id, rows: [], changed: 0 });
  }
}

try {
  const session = new PGliteSession(await PGlite.create({ dataDir: folder }));
  parentPort?.on('message', (ask: PGliteAsk) => {
    answer(session, ask).catch((error: unknown) => tell({ id: ask.id, error: plain(error) }));
  });
  tell({ id: 0, rows: [], changed: 0 });
} catch (error) {
  tell({ id: 0, error: plain(error) });
}
