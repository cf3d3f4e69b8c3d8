/** Earlier versions of a reader's code: bounded, so that one lab does not fill the browser's storage. */

/** Code as it was. */
export interface CodeVersion {
  /** When it was replaced, ISO 8601. */
  readonly at: string;
  readonly code: string;
}

const MOST = 20;
/** Of all together, in characters. */
const LARGEST = 60_000;

/** Newest first; each is its time, a line break and its code. */
export function withVersion(versions: readonly string[], { at, code }: CodeVersion): string[] {
  const others = versions.filter((text) => text.slice(text.indexOf('\n') + 1) !== code);
  const kept: string[] = [];
  let size = 0;
  for (const text of [`${at}\n${code}`, ...others]) {
    size += text.length;
    // The newest stays, whatever its size.
    if (kept.length > 0 && (kept.length >= MOST || size > LARGEST)) break;
    kept.push(text);
  }
  return kept;
}
