/** Knows primes from a table that it imports when a call asks for one: the other calls never wait for it. */

import { askedNumber } from './_lib/asked-number.ts';
import { badRequest } from './_lib/bad-request.ts';

export default {
  async fetch(request: Request): Promise<Response> {
    const n = askedNumber(request);
    if (n === null) return Response.json({ ready: true });
    if (Number.isNaN(n)) return badRequest('n is a whole number below 10000000: try ?n=97.');
    // #region import
    const { isPrime } = await import('./_lib/prime-table.js');
    // #endregion
    return Response.json({ n, prime: isPrime(n) });
  },
};
