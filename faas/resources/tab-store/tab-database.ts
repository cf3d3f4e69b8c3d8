/** The tab's database, as a page speaks to it. */

import { TAB_DATABASE, type TabDatabaseFacts } from '../../api.ts';
import type { AwakeDatabase, Database, Session } from '../store/database.ts';
import { StoreUnavailable } from '../store/store-failure.ts';
import type { Batch, Rows } from '../store/statement.ts';
import type { TabAnswer, TabAsk } from './tab-messages.ts';

/** Longest time that it may take to be up, in ms: the first time, 4 MB are loaded and a database is made. */
const OPEN_MS = 120_000;
/** Longest time of a statement, in ms. */
const RUN_MS = 30_000;

/** A PGlite in a worker, one for all tabs of the site where the browser can. */
export class TabDatabase implements Database {
  readonly kind = 'wasm';
  readonly engine: string;
  readonly why = 'A browser runs no Postgres but one in WebAssembly.';
  readonly where: string;
  readonly #base: string;
  readonly #facts: TabDatabaseFacts;

  /** @param base URL of the site's root, whole */
  constructor(base: string, facts: TabDatabaseFacts) {
    this.#base = base;
    this.#facts = facts;
    this.engine = `PGlite ${facts.pglite}`;
    // An origin may hold other sites; and another version may not read the files.
    this.where = `${new URL(base).pathname}scale-to-zero-pglite-${facts.pglite}`;
  }

  /** The first wake makes its files. */
  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async wake(): Promise<AwakeDatabase> {
    const { files, worker } = TAB_DATABASE;
    const session = new WorkerSession(`${this.#base}${worker}?${this.#facts.version}`);
    const { migrations } = this.#facts;
    await session.ask(
      { open: { database: this.where, files: this.#base + files, migrations } },
      OPEN_MS,
    );
    return {
      pid: null,
      isOurs: true,
      address: null,
      memoryMb: () => null,
      others: () => Promise.resolve(0),
      ended: session.ended,
      stop: () => session.close(),
      open: () => Promise.resolve(session),
    };
  }
}

type Ask = TabAsk extends infer Each ? (Each extends TabAsk ? Omit<Each, 'id'> : never) : never;

/** A port to the worker. */
class WorkerSession implements Session {
  readonly ended: Promise<undefined>;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly Rows[]>>();
  readonly #end: () => void;
  #next = 0;
  #isOpen = true;

  constructor(url: string) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.ended = promise;
    this.#end = () => resolve(undefined);
    const broken = (): void => this.#fail(`${url} could not be started. Load the page again.`);
    this.#port = portTo(url, broken);
    this.#port.onmessage = ({ data }: MessageEvent<TabAnswer>) => this.#hear(data);
    this.#port.start();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  run(batch: Batch): Promise<readonly Rows[]> {
    return this.ask({ run: batch }, RUN_MS);
  }

  script(): Promise<number> {
    return Promise.reject(new Error('The worker applies the migrations.'));
  }

  close(): Promise<void> {
    this.#isOpen = false;
    this.#port.close();
    this.#end();
    return Promise.resolve();
  }

  /** @throws what Postgres says, or StoreUnavailable when no answer comes in time */
  async ask(what: Ask, mostMs: number): Promise<readonly Rows[]> {
    this.#next += 1;
    const id = this.#next;
    const waiting = Promise.withResolvers<readonly Rows[]>();
    this.#waiting.set(id, waiting);
    const late = setTimeout(() => {
      const message = `The tab's database did not answer within ${mostMs / 1000} s. Close the other tabs of this site, and load the page again.`;
      waiting.reject(new StoreUnavailable(message));
    }, mostMs);
    try {
      this.#port.postMessage({ id, ...what } as TabAsk);
      return await waiting.promise;
    } finally {
      clearTimeout(late);
      this.#waiting.delete(id);
    }
  }

  #hear(answer: TabAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if ('rows' in answer) waiting?.resolve(answer.rows);
    else waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
  }

  #fail(message: string): void {
    this.#isOpen = false;
    for (const { reject } of this.#waiting.values()) reject(new StoreUnavailable(message));
    this.#end();
  }
}

/** Starts the worker, or finds the one that runs. */
function portTo(url: string, onBroken: () => void): MessagePort {
  if (typeof SharedWorker === 'function') {
    const shared = new SharedWorker(url, { type: 'module' });
    shared.onerror = onBroken;
    return shared.port;
  }
  const worker = new Worker(url, { type: 'module' });
  worker.onerror = onBroken;
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(null, [port2]);
  return port1;
}
