/**
 * Postgres refuses to run as root. There it gets a user namespace in which root's files belong to
 * `nobody`: no account is made, and no file changes hands.
 */

/** A program and its arguments. */
export interface Command {
  readonly program: string;
  readonly args: string[];
}

/** Debian's `nobody`; initdb wants a user that has a name. */
const NOBODY = '65534';

/** The command as a user that Postgres accepts: unchanged, unless this process is root's. */
export function asOrdinaryUser(program: string, args: readonly string[]): Command {
  if (process.getuid?.() !== 0) return { program, args: [...args] };
  const map = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  return { program: 'unshare', args: [...map, program, ...args] };
}

/** What to do where a program of Postgres does not run. */
export const RUN_CURE =
  process.getuid?.() === 0
    ? 'Postgres refuses to run as root, and here "unshare --user" must work instead: start the course as an ordinary user, or name a database of your own in DATABASE_URL.'
    : 'Install the packages again (npm ci), or name a database of your own in DATABASE_URL.';
