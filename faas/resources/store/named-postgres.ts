/** A Postgres that somebody else runs, named by `DATABASE_URL`. It is not ours to start or to stop. */

import type { AwakeDatabase, Database, Session } from './database.ts';
import { others } from './local-postgres.ts';
import { openPgSession } from './pg-session.ts';

/** A database elsewhere. */
export class NamedPostgres implements Database {
  readonly kind = 'named';
  readonly engine = 'PostgreSQL at DATABASE_URL';
  readonly why = 'DATABASE_URL is set.';
  /** Without user and password. */
  readonly where: string;
  readonly #url: string;

  /** @throws when it is no URL of a Postgres */
  constructor(url: string) {
    this.#url = url;
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol) || parsed.hostname === '') {
      throw new Error(
        'DATABASE_URL is no address of a Postgres. Expected postgresql://user:password@host:5432/database; correct it, or leave it out for a database of the course’s own.',
      );
    }
    this.where = `${parsed.host}${parsed.pathname}`;
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  /** It may sleep: the first connection wakes it, where it is of that kind. */
  async wake(): Promise<AwakeDatabase> {
    const open = (): Promise<Session> => openPgSession({ connectionString: this.#url }, false);
    let first: Session | null = await open();
    return {
      pid: null,
      isOurs: false,
      address: null,
      memoryMb: () => null,
      others,
      ended: new Promise(() => undefined),
      stop: () => Promise.resolve(),
      open: async () => {
        const session = first;
        first = null;
        return session ?? (await open());
      },
    };
  }
}
