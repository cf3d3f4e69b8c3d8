/** Cases of the guestbook where its database is there and no object store is. */

import type { Call, Case, Expectation } from './case.ts';

const GUESTBOOK = '/api/guestbook';

/** @param id a UUID of this run's own: the database may be one that keeps what it has */
export function storeCases(id: string): Case[] {
  const entry = { id, name: "Robert'); drop table guestbook; --", text: '${1}' };
  const kept = json({ ...entry, picture: null });
  return [
    post(entry, { ...kept, status: [201] }),
    // Sent twice, it is one entry.
    post(entry, kept),
    post({ ...entry, text: 'Other' }, { status: [409], type: 'application/problem+json' }),
    of({ method: 'GET', url: `${GUESTBOOK}?limit=1` }, json({ entries: [entry] })),
    of(
      { method: 'POST', url: `${GUESTBOOK}?picture`, body: JSON.stringify(PICTURE) },
      { status: [503], type: 'application/problem+json', includes: 'OBJECTS_S3_ENDPOINT' },
    ),
  ];
}

const PICTURE = { type: 'image/png', length: 1, sha256: '0'.repeat(64) };

function post(entry: object, expect: Expectation): Case {
  return of({ method: 'POST', url: GUESTBOOK, body: JSON.stringify(entry) }, expect);
}

function of(call: Call, expect: Expectation): Case {
  return { function: GUESTBOOK, call, expect };
}

function json(value: unknown): Expectation {
  return { status: [200], type: 'application/json', json: value };
}
