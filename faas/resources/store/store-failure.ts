/** Failures that are the database's and not the statement's: each is a 503 that says what to do. */

/** The database could not answer now. */
export class StoreUnavailable extends Error {
  /** When to try again, in s. Integer ≥ 1. */
  readonly retryAfterS: number;

  /** @param message what happened, and what to do */
  constructor(message: string, retryAfterS = 1, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreUnavailable';
    this.retryAfterS = retryAfterS;
  }
}

/** The SQLSTATE of Postgres, or the code of a system's error. */
export function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** What a program of Postgres said, with the system's code where that shows. */
export function failureSaid(text: string, cause: unknown): Error {
  const error = new Error(text, { cause });
  return /No space left on device/.test(text) ? Object.assign(error, { code: 'ENOSPC' }) : error;
}

/** The database sleeps, is leaving, or is not up yet: it began nothing of what was asked. */
const ASLEEP = new Set(['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET']);

/** The connection ended while something may have been asked of it. */
const CUT_OFF = new Set(['ECONNRESET', 'EPIPE', '57P02', '57P05', 'CLOSED']);

export function isAsleep(error: unknown): boolean {
  return ASLEEP.has(codeOf(error));
}

/** Whether the connection has ended, so that the next statement needs another. */
export function isCutOff(error: unknown): boolean {
  return isAsleep(error) || CUT_OFF.has(codeOf(error));
}

/** By SQLSTATE or a system's code: what happened and what to do, and when to try again in s. */
const CURES: Readonly<Record<string, readonly [text: string, retryAfterS?: number]>> = {
  '53300': [
    'The database has no connection left. Close some, open fewer in each instance, or send statements to /sql, which shares one',
  ],
  '53100': [
    'The disk of the database is full. Make room on it, and call again; what was answered before is kept',
    10,
  ],
  '53200': ['The database has no memory left. End other programs on its machine', 5],
  '57014': ['The statement took longer than it may. Ask for less, or make an index; it was undone'],
  '57P03': ['The database is starting, or putting itself right after it was killed'],
  '28P01': ['The database refuses the name or the password. Correct DATABASE_URL', 30],
  '28000': ['The database refuses this user. Correct DATABASE_URL', 30],
  '3D000': ['There is no such database. Correct the name at the end of DATABASE_URL', 30],
  ENOTFOUND: ['No machine has the name in DATABASE_URL. Correct it', 30],
  ENOSPC: [
    'The disk of the database is full. Make room on it, and call again; what was answered before is kept',
    10,
  ],
};

/** Whole classes of SQLSTATE: the connection, resources, an operator, the system, the database itself. */
const UNAVAILABLE = /^(08|53|57P|58|XX)/;

/**
 * The error as a failure of the database; null when the statement is to blame.
 *
 * @param error as `pg` or the system throws it
 */
export function unavailable(error: unknown): StoreUnavailable | null {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  const [text, retryAfterS] = CURES[code] ?? [];
  const said = error instanceof Error ? error.message : String(error);
  if (text !== undefined)
    return new StoreUnavailable(`${text} (${code}: ${said}).`, retryAfterS, error);
  if (!UNAVAILABLE.test(code) && !isCutOff(error) && !/^E[A-Z]+$/.test(code)) return null;
  return new StoreUnavailable(
    `The database does not answer (${code}: ${said}). Call again; if that does not help, look at its log: npm run db -- status.`,
    1,
    error,
  );
}
