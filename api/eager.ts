/** Knows primes from a table that it imports at the top: every cold start waits for the table. */

import { askedNumber } from './_lib/asked-number.ts';
import { badRequest } from './_lib/bad-request.ts';
// #region import
import { isPrime } from './_lib/prime-table.js';
// #endregion

export default {
  fetch(request: Request): Response {
    const n = askedNumber(request);
    if (n === null) return Response.json({ ready: true });
    if (Number.isNaN(n)) return badRequest('n is a whole number below 10000000: try ?n=97.');
    return Response.json({ n, prime: isPrime(n) });
  },
};
