/**
 * Grants, one a line: `ada GET,PUT /api/orders/17`. What no line grants is refused, and the refusal says
 * the line that would grant it.
 */

/** Who calls, as the door has found out. */
export interface Identity {
  /** Unique among those who can call. */
  readonly user: string;
  readonly roles: readonly string[];
  /** When what proves it ends, in ms since the Unix epoch. */
  readonly expiresAt: number;
}

/** What somebody wants to do. */
export interface Attempt {
  readonly method: string;
  /** Decoded, without the query: `/api/orders/17`. */
  readonly path: string;
}

/** What the lines say of an attempt. */
export type GrantVerdict =
  | { readonly isGranted: true; readonly by: string }
  /** `missing` is the narrowest line that would grant it. */
  | { readonly isGranted: false; readonly missing: string };

const ROLE = 'role:';

/** Everyone who is known may do everything. */
const ANYONE = ['* * *'];

/** @param lines undefined: everyone who is known is let in */
export function grants(
  lines: readonly string[] = ANYONE,
  identity: Identity,
  attempt: Attempt,
): GrantVerdict {
  const by = lines.find((line) => covers(line, identity, attempt));
  if (by !== undefined) return { isGranted: true, by };
  return { isGranted: false, missing: `${identity.user} ${attempt.method} ${attempt.path}` };
}

function covers(line: string, { user, roles }: Identity, { method, path }: Attempt): boolean {
  const [who = '', methods = '', paths = ''] = line.split(' ');
  // A user whose name begins like a role is not of that role.
  const isThem = who.startsWith(ROLE)
    ? roles.includes(who.slice(ROLE.length))
    : who === '*' || who === user;
  // HEAD is GET without the body (RFC 9110, 9.3.2).
  const asked = method === 'HEAD' ? ['HEAD', 'GET', '*'] : [method, '*'];
  return isThem && methods.split(',').some((each) => asked.includes(each)) && isIn(paths, path);
}

/** A `*` at the end stands for anything but a slash, one alone for every path. */
function isIn(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  if (!pattern.endsWith('*')) return false;
  const start = pattern.slice(0, -1);
  return path.startsWith(start) && !path.slice(start.length).includes('/');
}
