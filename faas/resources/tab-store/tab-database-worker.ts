/**
 * The worker in which the tab's database runs: a PGlite whose data stays in the reader's browser. Where
 * there are shared workers it is one for all tabs of the site. PGlite has one connection and no lock on its
 * files: so a lock is held as long as the worker lives, and statements run one after another. The build
 * makes one module of it.
 */

import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../store/migrations.ts';
import { PGliteSession } from '../store/pglite-session.ts';
import { ERROR_FIELDS } from '../store/statement.ts';
import type { TabAnswer, TabAsk } from './tab-messages.ts';

type Opening = Extract<TabAsk, { open: unknown }>['open'];

/** How long another worker of the site may take to let go of the database, in ms. */
const LOCK_PATIENCE_MS = 5_000;

/** What only one of the two kinds of workers has. */
interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

const isShared = 'onconnect' in globalThis;
let opened: Promise<PGliteSession> | null = null;
/** The end of the last statement. */
let last: Promise<unknown> = Promise.resolve();

async function open({ database, files, migrations }: Opening): Promise<PGliteSession> {
  const isAlone = await locked(database);
  const [pgliteWasmModule, initdbWasmModule, fsBundle] = await Promise.all([
    compiled(`${files}pglite.wasm`),
    compiled(`${files}initdb.wasm`),
    bytesAt(`${files}pglite.data`).then((bytes) => new Blob([bytes])),
  ]);
  // Without a shared worker and without locks two tabs would write the same files.
  const dataDir = isShared || isAlone ? `idb://${database}` : 'memory://';
  const pg = await PGlite.create({ dataDir, pgliteWasmModule, initdbWasmModule, fsBundle });
  const session = new PGliteSession(pg);
  await migrate(session, migrations);
  return session;
}

/** Takes the database for this worker. @returns false where the browser has no locks: not over plain HTTP */
async function locked(database: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) return false;
  const taken = Promise.withResolvers<undefined>();
  const options = { signal: AbortSignal.timeout(LOCK_PATIENCE_MS) };
  const held = (): Promise<never> => {
    taken.resolve(undefined);
    // It is given back when the worker ends.
    return new Promise(() => undefined);
  };
  locks.request(database, options, held).catch(() => {
    const message =
      'The database is open in another tab, in a version of this site that cannot share it. Close the other tabs, and run it again.';
    taken.reject(new Error(message));
  });
  await taken.promise;
  return true;
}

async function compiled(url: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await bytesAt(url));
}

async function bytesAt(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (response.ok) return response.arrayBuffer();
  throw new Error(`${url} answered ${response.status}. Load the page again.`);
}

async function answer(ask: TabAsk): Promise<TabAnswer> {
  const { id } = ask;
  try {
    if ('open' in ask) {
      opened ??= open(ask.open);
      // The next page may try again.
      opened.catch(() => (opened = null));
      await opened;
      return { id, rows: [] };
    }
    const session = await opened;
    if (session === null) throw new Error('The database was asked before it was opened.');
    const turn = last.then(() => session.run(ask.run));
    last = turn.catch(() => undefined);
    return { id, rows: await turn };
  } catch (error) {
    return { id, error: plain(error) };
  }
}

/** An error loses its own fields on the way. */
function plain(error: unknown): { message: string } {
  const said = Object(error) as Record<string, unknown>;
  const fields = ERROR_FIELDS.map((name) => [name, said[name]] as const);
  return {
    message: error instanceof Error ? error.message : String(error),
    ...Object.fromEntries(fields.filter(([, value]) => typeof value === 'string')),
  };
}

function serve(port: MessagePort | undefined): void {
  if (port === undefined) return;
  port.onmessage = ({ data }: MessageEvent<TabAsk>) => {
    void answer(data).then((message) => port.postMessage(message));
  };
}

if (isShared) (globalThis as unknown as SharedScope).onconnect = ({ ports }) => serve(ports[0]);
else addEventListener('message', ({ ports }: MessageEvent) => serve(ports[0]), { once: true });
