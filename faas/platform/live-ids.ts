/** Ids for a live platform, from the system's random generator. */

import { hexId, type NewId } from '../core/trace/ids.ts';

/**
 * Short ids for instances, `i3-k9x2`, and random ids for traces and spans. A call's id,
 * `r17-k9x2c81m0q`, is unguessable because it grants access to the call's events.
 *
 * @param run distinguishes ids of different runs of the platform @default four random characters
 */
export function liveIds(run = characters(4)): NewId {
  const given = { instance: 0, request: 0 };
  return (kind) => {
    if (kind === 'trace' || kind === 'span') return hexId(kind, word);
    const secret = kind === 'request' ? characters(6) : '';
    return `${kind.charAt(0)}${(given[kind] += 1)}-${run}${secret}`;
  };
}

/** Random words drawn in advance: the system returns 4096 almost as fast as one, and a call needs twelve. */
const drawn = new Uint32Array(4096);
let left = 0;

function word(): number {
  if (left === 0) left = crypto.getRandomValues(drawn).length;
  left -= 1;
  return drawn[left] ?? 0;
}

/** Uniformly random digits and lower-case letters. */
function characters(count: number): string {
  let text = '';
  while (text.length < count) {
    const byte = word() & 255;
    // 252 is the largest multiple of 36 in a byte; accepting more would bias the result.
    if (byte < 252) text += (byte % 36).toString(36);
  }
  return text;
}
