/** Has one jar for all keys in `admit`. */

/** Tokens that grow in a second. */
const RATE = 5; // parameter: rate

/** Tokens that a full bucket holds. */
const BURST = 10; // parameter: burst

/** What each key has left, and when that was. */
const buckets = new Map<string, { tokens: number; at: number }>();

/** @param now in ms */
export function allow(key: string, now: number): boolean {
  const { tokens, at } = buckets.get(key) ?? { tokens: BURST, at: now };
  const elapsed = Math.max(0, now - at);
  const left = Math.min(BURST, tokens + (elapsed * RATE) / 1000);
  if (left < 1) return false;
  buckets.set(key, { tokens: left - 1, at: Math.max(at, now) });
  return true;
}

/** A colleague's door, with the same limit. It has one jar for all keys. */
const jars = new Map<string, { tokens: number; at: number }>();

export function admit(_key: string, now: number): boolean {
  const jar = jars.get('all') ?? { tokens: BURST, at: now };
  const grown = ((now - jar.at) * RATE) / 1000;
  jar.tokens = Math.min(BURST, jar.tokens + grown);
  jar.at = now;
  jars.set('all', jar);
  if (jar.tokens < 1) return false;
  jar.tokens -= 1;
  return true;
}
