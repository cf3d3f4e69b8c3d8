/** Ids of a platform that runs for real, by the system's own randomness. */

import { hexId, type NewId } from '../core/trace/ids.ts';

/**
 * Short names for instances, `i3-k9x2`, and random ids for traces and spans. The name of a call
 * cannot be guessed, since whoever knows it may read the call's events: `r17-k9x2c81m0q`.
 *
 * @param run tells them from those of other runs of the platform @default four random characters
 */
export function liveIds(run = characters(4)): NewId {
  const given = { instance: 0, request: 0 };
  return (kind) => {
    if (kind === 'trace' || kind === 'span') return hexId(kind, word);
    const secret = kind === 'request' ? characters(6) : '';
    return `${kind.charAt(0)}${(given[kind] += 1)}-${run}${secret}`;
  };
}

/** Drawn ahead: the system answers many at once nearly as quickly as one. */
const drawn = new Uint32Array(256);
let left = 0;

function word(): number {
  if (left === 0) left = crypto.getRandomValues(drawn).length;
  left -= 1;
  return drawn[left] ?? 0;
}

/** Random digits and small letters, each as likely as any other. */
function characters(count: number): string {
  let text = '';
  while (text.length < count) {
    const byte = word() & 255;
    // The largest multiple of 36 that a byte can hold; more would favour some.
    if (byte < 252) text += (byte % 36).toString(36);
  }
  return text;
}
