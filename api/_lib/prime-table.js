/**
 * All primes below ten million, found while this file is loaded. It stands for a large package: who
 * imports it waits for work that has nothing to do with the call. It is JavaScript, since Vercel leaves
 * the name in `import('./…')` as it is, and turns files that end in `.ts` into others.
 */

/** No number from here on is in it. */
const LIMIT = 10_000_000;

const isComposite = new Uint8Array(LIMIT);
isComposite.fill(1, 0, 2);
for (let n = 2; n * n < LIMIT; n += 1) {
  if (isComposite[n] === 1) continue;
  for (let multiple = n * n; multiple < LIMIT; multiple += n) isComposite[multiple] = 1;
}

/**
 * @param {number} n a whole number from 0, below ten million
 * @returns {boolean}
 */
export function isPrime(n) {
  return isComposite[n] === 0;
}
