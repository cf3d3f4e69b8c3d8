/** Ids for a trace. The caller supplies the randomness: seeded, or the system's own. */

/** What an id is for. */
export type IdKind = 'instance' | 'request' | 'trace' | 'span';

/**
 * Makes an id that is unique within its kind. Instances and requests have short, readable ids;
 * traces and spans have those of {@link hexId}.
 */
export type NewId = (kind: IdKind) => string;

const WORDS = { trace: 4, span: 2 } as const;
const HEX = Array.from({ length: 256 }, (_none, byte) => byte.toString(16).padStart(2, '0'));

/**
 * An id as in W3C Trace Context: 16 random bytes for a trace, 8 for a span, in lower-case hex, not
 * all zero.
 *
 * @param word returns uniformly random integers from 0 to 2^32 - 1
 */
export function hexId(kind: keyof typeof WORDS, word: () => number): string {
  for (;;) {
    let id = '';
    let isZero = true;
    for (let left = WORDS[kind]; left > 0; left--) {
      const drawn = word();
      if (drawn !== 0) isZero = false;
      id += hexOf(drawn);
    }
    if (!isZero) return id;
  }
}

function hexOf(word: number): string {
  const byte = (shift: number): string => HEX[(word >>> shift) & 255] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
}
