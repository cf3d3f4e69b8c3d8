/** Hashes of source files. */

/** The first eight digits of a SHA-256 in hex: enough to compare by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 8);
}
