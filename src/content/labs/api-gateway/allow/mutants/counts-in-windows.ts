/** Counts the calls of each span of time, and begins anew with the next. */

/** Tokens that grow in a second. */
const RATE = 5; // parameter: rate

/** Tokens that a full bucket holds. */
const BURST = 10; // parameter: burst

/** How many came in, and in which span. */
const spans = new Map<string, { span: number; count: number }>();

/** @param now in ms */
export function allow(key: string, now: number): boolean {
  const span = Math.floor((now * RATE) / BURST / 1000);
  const seen = spans.get(key);
  const count = seen?.span === span ? seen.count : 0;
  if (count >= BURST) return false;
  spans.set(key, { span, count: count + 1 });
  return true;
}

/** A colleague's door, with the same limit, mended: a part of a token is kept. */
const jars = new Map<string, { tokens: number; at: number }>();

export function admit(key: string, now: number): boolean {
  const jar = jars.get(key) ?? { tokens: BURST, at: now };
  const grown = ((now - jar.at) * RATE) / 1000;
  jar.tokens = Math.min(BURST, jar.tokens + grown);
  jar.at = now;
  jars.set(key, jar);
  if (jar.tokens < 1) return false;
  jar.tokens -= 1;
  return true;
}
