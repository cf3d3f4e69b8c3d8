/** PGlite as a project's database, where no Postgres runs: in a thread of this process, its data in the project's folder. */

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AwakeDatabase, Database, Session } from './database.ts';
import type { PGliteAnswer, PGliteAsk } from './pglite-worker.ts';
import { STATEMENT_MS } from './pg-session.ts';
import { StoreUnavailable } from './store-failure.ts';
import type { Batch, Rows } from './statement.ts';

/** Longest time that it may take to be up, in ms: it makes its database the first time. */
const START_MS = 60_000;

/** A PGlite that runs while it is needed. */
export class PGliteDatabase implements Database {
  readonly kind = 'wasm';
  readonly engine: string;
  readonly why: string;
  readonly where: string;

  /** @param folder where the project's data lies */
  constructor(folder: string, why: string) {
    const version = versionOfPGlite();
    this.engine = `PGlite ${version}`;
    this.why = why;
    // Another version may not read the files.
    this.where = join(folder, `pglite-${version}`);
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async wake(): Promise<AwakeDatabase> {
    mkdirSync(this.where, { recursive: true });
    const thread = new PGliteThread(this.where);
    await thread.up;
    return {
      pid: null,
      isOurs: true,
      address: null,
      memoryMb: () => null,
      others: () => Promise.resolve(0),
      ended: thread.ended,
      stop: () => thread.close(),
      open: () => Promise.resolve(thread),
    };
  }
}

/** Talks to one thread; its only connection is the session. */
class PGliteThread implements Session {
  readonly up: Promise<unknown>;
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    PromiseWithResolvers<Extract<PGliteAnswer, { rows: unknown }>>
  >();
  #next = 0;
  #isOpen = true;

  constructor(folder: string) {
    this.#worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      workerData: { folder },
    });
    this.#worker.on('message', (answer: PGliteAnswer) => this.#hear(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#fail(new Error('PGlite has ended'));
        resolve();
      });
    });
    this.up = this.#answerTo(0, START_MS);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async run(batch: Batch): Promise<readonly Rows[]> {
    return (await this.#ask({ run: batch })).rows;
  }

  async script(text: string): Promise<number> {
    return (await this.#ask({ script: text })).changed;
  }

  async close(): Promise<void> {
    if (this.#isOpen) await this.#ask({ close: true }).catch(() => undefined);
    this.#isOpen = false;
    await this.#worker.terminate();
  }

  #ask(what: { run: Batch } | { script: string } | { close: true }) {
    this.#next += 1;
    const ask: PGliteAsk = { id: this.#next, ...what };
    const answer = this.#answerTo(ask.id, STATEMENT_MS);
    this.#worker.postMessage(ask);
    return answer;
  }

  async #answerTo(id: number, mostMs: number) {
    const waiting = Promise.withResolvers<Extract<PGliteAnswer, { rows: unknown }>>();
    this.#waiting.set(id, waiting);
    const late = setTimeout(() => {
      // Nothing else ends a statement in WebAssembly.
      this.#fail(
        new StoreUnavailable(
          `The statement took longer than ${mostMs / 1000} s, and was ended. Ask for less.`,
        ),
      );
      void this.#worker.terminate();
    }, mostMs);
    try {
      return await waiting.promise;
    } finally {
      clearTimeout(late);
      this.#waiting.delete(id);
    }
  }

  #hear(answer: PGliteAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!('error' in answer)) waiting?.resolve(answer);
    else waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
  }

  #fail(error: Error): void {
    this.#isOpen = false;
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}

function versionOfPGlite(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = readFileSync(join(dirname(dirname(entry)), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
