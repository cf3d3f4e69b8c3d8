/** The store as functions are handed it: their variables, who may ask, and what the list of resources says. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { MOUNTS, type ResourceEntry } from '../../api.ts';
import type { FunctionSpec } from '../../core/function.ts';
import { problem } from '../../core/problem.ts';
import { KnownFailure } from '../../drivers/failure.ts';
import { isGranted } from '../../project/platform-file.ts';
import { whyNotGranted } from '../grant-refusal.ts';
import type { Resource, Variables } from '../resource.ts';
import { findDatabase, namedDatabase } from './find-database.ts';
import { InstanceTokens } from './instance-tokens.ts';
import { readMigrations } from './migration-files.ts';
import { OwnListener } from './own-listener.ts';
import { DATABASE, ROLE } from './postgres-folder.ts';
import { answerSql, type Admission, type SqlDoorOptions } from './sql-door.ts';
import { Store, type CallOfStatement, type StoreOptions } from './store.ts';
import { StartWaits } from './start-waits.ts';
import { WakePort } from './wake-port.ts';
import { LocalPostgres } from './local-postgres.ts';
import type { Batch, Rows } from './statement.ts';

/** Its folder among what functions keep. */
export const STORE_FOLDER = 'store';

/** Grants of the store, as the platform file writes them. */
export const STORE_GRANTS = {
  /** Statements, by `/sql`. */
  statements: 'store',
  /** Connections of its own, by the protocol of Postgres. */
  connections: 'store:direct',
} as const;

/** What the store is told of the platform around it. */
export interface StoreResourceOptions extends Pick<
  StoreOptions,
  'clock' | 'newId' | 'emit' | 'idleMs'
> {
  /** Folder of the project. */
  readonly root: string;
  /** Where the data lies. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the project grants, by the name of the function. */
  readonly grants: () => Readonly<Record<string, readonly string[]>>;
  readonly isLive: (instance: string) => boolean;
  /** The call that the instance runs; null when it runs none, or more than one. */
  readonly callIn: (instance: string) => CallOfStatement | null;
  /** Whether it is the token of this start, which may do all. */
  readonly isOwnToken: (token: string) => boolean;
  /** Called after each batch from outside, and with null after a connection of its own. @default not at all */
  readonly onRun?: (batch: Batch | null) => void;
}

/** The database of the functions. */
export class StoreResource implements Resource {
  readonly path = MOUNTS.sql;
  readonly #options: StoreResourceOptions;
  readonly #store: Store;
  readonly #tokens: InstanceTokens;
  readonly #door: SqlDoorOptions;
  readonly #listener: OwnListener;
  readonly #wakePort: WakePort;
  /** Calls that waited for the database to start. */
  readonly #waits = new StartWaits();

  constructor(options: StoreResourceOptions) {
    const { root, folder, env } = options;
    this.#options = options;
    this.#tokens = new InstanceTokens(options.isLive);
    this.#store = new Store({
      ...options,
      find: () => findDatabase(root, folder, env),
      migrations: () => readMigrations(root),
    });
    this.#door = {
      admit: (password) => this.#admit(password),
      run: async (batch, call) => {
        const answered = await this.#store.run(batch, call);
        if (call !== null) this.#waits.add(call.request, answered.startMs);
        options.onRun?.(batch);
        return answered;
      },
    };
    this.#listener = new OwnListener((request, response) => this.answer(request, response));
    this.#wakePort = new WakePort(async () => {
      const { address, release } = await this.#store.connect();
      return {
        address,
        release: () => {
          release();
          options.onRun?.(null);
        },
      };
    });
  }

  /** Runs a batch of the platform's own. @throws as the store does */
  async run(batch: Batch): Promise<readonly Rows[]> {
    return (await this.#store.run(batch, null)).results;
  }

  /**
   * Every function of a project that grants the store to one gets a token, so that one without the grant
   * is refused by name. None gets the address in `DATABASE_URL` but by `store:direct`.
   */
  async variablesFor(
    { name }: FunctionSpec,
    _origin: string,
    instance: string,
  ): Promise<Variables> {
    if (!this.#isGrantedToOne) return {};
    const direct = this.#isGranted(name, STORE_GRANTS.connections) ? await this.#direct() : '';
    const token = this.#tokens.issue({ function: name, instance });
    return {
      DATABASE_URL: `postgresql://${instance}:${token}@127.0.0.1/${DATABASE}`,
      SQL_ENDPOINT: `http://127.0.0.1:${await this.#listener.port}${MOUNTS.sql}`,
      ...(direct !== '' && { DATABASE_URL_UNPOOLED: direct }),
    };
  }

  answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return answerSql(this.#door, request, response);
  }

  entry(): ResourceEntry {
    const { state, life, database, leavesAt } = this.#store;
    const about = {
      engine: database?.engine ?? null,
      why: database?.why ?? null,
      where: database?.where ?? null,
      instance: life?.instance ?? null,
      pid: life?.awake.pid ?? null,
      memoryMb: life?.awake.memoryMb() ?? null,
      served: life?.served ?? null,
      connections: life === null ? 0 : this.#wakePort.count + 1,
      leavesAt,
    };
    return { kind: 'store', name: 'database', state: state.name, since: state.since, about };
  }

  /** Time that a call has waited for the database to start, in ms; 0 when it has not. Asked once. */
  startMsOf(request: string): number {
    return this.#waits.take(request);
  }

  /** Makes the database's folder, so that the first call need not wait for it. No process stays. */
  async prepare(): Promise<void> {
    if (!this.#isGrantedToOne) return;
    await (await this.#store.find()).prepare();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#listener.close(), this.#wakePort.close()]);
    await this.#store.stop();
  }

  get #isGrantedToOne(): boolean {
    const all = Object.values(STORE_GRANTS) as string[];
    return Object.values(this.#options.grants()).some((grants) =>
      grants.some((grant) => all.includes(grant)),
    );
  }

  #isGranted(name: string, grant: string): boolean {
    return isGranted(this.#options.grants(), name, grant);
  }

  #admit(password: string): Admission {
    // First, since every statement of a function comes by here, and the other comparison takes longer.
    const holder = this.#tokens.holderOf(password);
    if (holder === null) {
      if (this.#options.isOwnToken(password)) return { refusal: null, call: null };
      const detail = `${MOUNTS.sql} is for the functions of this platform, each by the token in its own DATABASE_URL. From elsewhere, put the token that the start printed into the password of DATABASE_URL.`;
      return { refusal: problem('not-granted', detail) };
    }
    if (!this.#isGranted(holder.function, STORE_GRANTS.statements)) {
      const detail = whyNotGranted(holder.function, STORE_GRANTS.statements);
      return { refusal: problem('not-granted', detail) };
    }
    return { refusal: null, call: this.#options.callIn(holder.instance) };
  }

  /** An address for clients of Postgres; empty where the database has none. */
  async #direct(): Promise<string> {
    const { root, env } = this.#options;
    const named = namedDatabase(root, env);
    if (named !== null) return named;
    const database = await this.#store.find();
    if (!(database instanceof LocalPostgres)) return '';
    const { passwords } = await database.prepare().catch((error: unknown) => {
      throw new KnownFailure('store-unavailable', (error as Error).message);
    });
    return `postgresql://${ROLE}:${passwords[ROLE]}@127.0.0.1:${await this.#wakePort.port}/${DATABASE}`;
  }
}
