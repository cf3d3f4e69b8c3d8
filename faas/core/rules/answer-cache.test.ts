import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAW_CALLS } from '../../../test/fixtures/law-calls.ts';
import { AnswerCache, type CacheRequest, type StoredAnswer } from './answer-cache.ts';
import { cacheKey } from './cache-key.ts';
import { fieldOf, membersOf, type Fields } from './fields.ts';
import { DoorStage } from './fixtures/door.ts';
import { pickBy, PICKS } from './fixtures/picks.ts';
import type { CacheRule } from './route-rules.ts';

const NOW = 1_800_000_000_000;

function request(fields: Fields = [], given: Partial<CacheRequest> = {}): CacheRequest {
  return { method: 'GET', key: '/api/cached', path: '/api/cached', fields, ...given };
}

function answer(cacheControl: string | null, fields: Fields = [], status = 200): StoredAnswer {
  const control: Fields = cacheControl === null ? [] : [['cache-control', cacheControl]];
  return { status, fields: [...control, ...fields], body: new TextEncoder().encode('hello') };
}

/** For how many seconds it is kept; null: not at all. */
function keptFor(
  asked: Fields,
  told: StoredAnswer,
  defaultS: number | null = null,
  given: Partial<CacheRequest> = {},
): number | null {
  return new AnswerCache().store(request(asked, given), told, NOW, defaultS);
}

describe('what is kept, and for how long (RFC 9111)', () => {
  const AUTHORIZED: Fields = [['authorization', 'Bearer a']];
  const COOKIE: Fields = [['cookie', 'session=ada']];
  const date: Fields = [['date', new Date(NOW).toUTCString()]];
  it.each<[string, number | null, Fields, StoredAnswer, (number | null)?]>([
    ['by max-age', 60, [], answer('max-age=60')],
    ['by s-maxage before max-age (5.2.2.10)', 10, [], answer('max-age=60, s-maxage=10')],
    [
      'by Expires after Date (5.3)',
      30,
      [],
      answer(null, [...date, ['expires', new Date(NOW + 30_000).toUTCString()]]),
    ],
    ['not with an invalid Expires (5.3)', null, [], answer(null, [['expires', '0']])],
    ['not with an invalid max-age (4.2.1)', null, [], answer('max-age=soon')],
    ['by the first of two (4.2.1)', 5, [], answer('max-age=5, max-age=60')],
    ['by a quoted one (5.2)', 60, [], answer('max-age="60"')],
    ['not when it says nothing', null, [], answer(null)],
    ['by the rule when it says nothing', 7, [], answer(null), 7],
    ['not by the rule when it is an error of its own kind', null, [], answer(null, [], 500), 7],
    ['an error that says it may', 60, [], answer('max-age=60', [], 500)],
    ['not with no-store (5.2.2.5)', null, [], answer('max-age=60, no-store')],
    ['not with private (5.2.2.7)', null, [], answer('private, max-age=60')],
    ['not with private="x-field"', null, [], answer('private="x-a, x-b", max-age=60')],
    ['not with no-cache (5.2.2.4)', null, [], answer('no-cache, max-age=60')],
    [
      'not when the request says no-store (5.2.1.5)',
      null,
      [['cache-control', 'no-store']],
      answer('max-age=60'),
    ],
    ['not to a request with Authorization (3.5)', null, AUTHORIZED, answer('max-age=60')],
    ['to one with Authorization, if public (3.5)', 60, AUTHORIZED, answer('public, max-age=60')],
    ['to one with Authorization, if s-maxage (3.5)', 60, AUTHORIZED, answer('s-maxage=60')],
    [
      'to one with Authorization, if must-revalidate (3.5)',
      60,
      AUTHORIZED,
      answer('max-age=60, must-revalidate'),
    ],
    ['not to one with Authorization, by the rule alone', null, AUTHORIZED, answer(null), 60],
    ['to one with a cookie: nothing shields it', 60, COOKIE, answer('max-age=60')],
    ['not with Vary: * (4.1)', null, [], answer('max-age=60', [['vary', '*']])],
    ['not with a cookie of its own (7.3)', null, [], answer('max-age=60', [['set-cookie', 'a=1']])],
    ['not a part (3.3)', null, [], answer('max-age=60', [], 206)],
    ['not when it is as old as that', null, [], answer('max-age=60', [['age', '60']])],
  ])('%s', (_name, seconds, asked, told, defaultS) => {
    expect(keptFor(asked, told, defaultS ?? null)).toBe(seconds);
  });

  it.each(['HEAD', 'POST', 'PUT', 'OPTIONS'])('not to %s', (method) => {
    expect(keptFor([], answer('max-age=60'), null, { method })).toBeNull();
  });

  it('not what is larger than it may be', () => {
    const cache = new AnswerCache({ maxBodyBytes: 4 });
    expect(cache.store(request(), answer('max-age=60'), NOW, null)).toBeNull();
  });
});

describe('what is answered from memory', () => {
  const stored = (told = answer('max-age=60'), asked: Fields = []): AnswerCache => {
    const cache = new AnswerCache();
    cache.store(request(asked), told, NOW, null);
    return cache;
  };
  const looked = (cache: AnswerCache, fields: Fields = [], afterS = 1): string => {
    const found = cache.lookup(request(fields), NOW + afterS * 1000);
    return found.is === 'hit' ? `hit, ${found.ageS} s old` : found.because;
  };

  it('is fresh, and says how old it is', () => {
    expect(looked(stored(), [], 59)).toBe('hit, 59 s old');
    expect(looked(stored(), [], 60)).toBe('stale');
    expect(looked(stored(answer('max-age=60', [['age', '20']])), [], 10)).toBe('hit, 30 s old');
    // A clock that goes back makes nothing younger than it was.
    expect(looked(stored(), [], -3600)).toBe('hit, 0 s old');
  });

  it.each([
    ['no-cache', 'request'],
    ['no-store', 'request'],
    ['max-age=5', 'request'],
    ['max-age=20', 'hit, 10 s old'],
    ['min-fresh=55', 'request'],
    ['min-fresh=50', 'hit, 10 s old'],
    ['only-if-cached', 'hit, 10 s old'],
  ])('for a caller who says %s: %s', (control, found) => {
    expect(looked(stored(), [['cache-control', control]], 10)).toBe(found);
  });

  it('is for the same values of what it names in Vary, whatever the white space between them', () => {
    const cache = stored(answer('max-age=60', [['vary', 'Accept-Language, accept']]), [
      ['accept-language', 'de,en'],
    ]);
    expect(looked(cache, [['accept-language', 'de,  en']])).toBe('hit, 1 s old');
    expect(
      looked(cache, [
        ['accept-language', 'de'],
        ['accept-language', 'en'],
      ]),
    ).toBe('hit, 1 s old');
    expect(looked(cache, [['accept-language', 'en']])).toBe('vary-miss');
    expect(
      looked(cache, [
        ['accept-language', 'de,en'],
        ['accept', 'text/html'],
      ]),
    ).toBe('vary-miss');
    expect(looked(cache)).toBe('vary-miss');
  });

  it('no parts are answered', () => {
    expect(looked(stored(), [['range', 'bytes=0-1']])).toBe('bypass');
  });

  it('is without what belonged to one call', () => {
    const cache = stored(
      answer('max-age=60', [
        ['server-timing', 'handler;dur=3'],
        ['etag', '"a"'],
      ]),
    );
    const found = cache.lookup(request(), NOW);
    expect(found).toMatchObject({
      answer: {
        fields: [
          ['cache-control', 'max-age=60'],
          ['etag', '"a"'],
        ],
      },
    });
  });

  it('is forgotten after a call that may have changed it (4.4), not after one that was refused', () => {
    const cache = stored();
    cache.store(request([], { method: 'POST' }), answer(null, [], 400), NOW, null);
    expect(looked(cache)).toBe('hit, 1 s old');
    cache.store(request([], { method: 'DELETE', key: '?other' }), answer(null, [], 204), NOW, null);
    expect(looked(cache)).toBe('uri-miss');
  });

  it('is bounded: what was used longest ago goes first', () => {
    const cache = new AnswerCache({ maxBytes: 420 });
    const at = (key: string) => request([], { key });
    for (const key of ['a', 'b', 'c']) cache.store(at(key), answer('max-age=60'), NOW, null);
    cache.lookup(at('a'), NOW);
    const big = { ...answer('max-age=60'), body: new Uint8Array(330) };
    cache.store(at('d'), big, NOW, null);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.lookup(at(key), NOW).is)).toEqual([
      'hit',
      'forward',
      'forward',
      'hit',
    ]);
  });
});

describe(`the law of caches, with ${LAW_CALLS} random calls`, () => {
  const names = ['accept', 'accept-language', 'x-tenant'] as const;
  const rule: fc.Arbitrary<CacheRule> = fc.record(
    {
      query: fc.subarray(['page', 'user']),
      headers: fc.subarray(['X-Tenant']),
      cookies: fc.subarray(['session']),
      user: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const callOf = (number: number) => {
    const pick = pickBy(number);
    const few = () => pick('a', 'b', null);
    return {
      path: pick('/api/a', '/api/b'),
      page: few(),
      user: few(),
      cookie: few(),
      authorization: few(),
      values: [few(), few(), few()],
      signedIn: few(),
      vary: [...names, 'cookie'].filter(() => pick(true, false, false)),
      control: pick('max-age=60', 'public, max-age=60', 's-maxage=9', 'no-store', 'private'),
      gapS: pick(0, 0, 1, 5),
    };
  };
  type Parts = ReturnType<typeof callOf>;

  it('an answer never crosses a key, a Vary or an Authorization', () => {
    let hits = 0;
    const crossing = (of: CacheRule, calls: readonly Parts[]): unknown[] => {
      const cache = new AnswerCache();
      let now = NOW;
      /** What each answer was made for: its body says its number. */
      const made: { asked: ReturnType<typeof partsOf>; told: Fields }[] = [];
      return calls.flatMap((given): unknown[] => {
        now += given.gapS * 1000;
        const asked = partsOf(of, given);
        const found = cache.lookup(asked.request, now);
        if (found.is === 'forward') {
          const told: Fields = [
            ['cache-control', given.control],
            ['vary', given.vary.join(', ')],
          ];
          const body = new TextEncoder().encode(String(made.push({ asked, told }) - 1));
          cache.store(asked.request, { status: 200, fields: told, body }, now, null);
          return [];
        }
        hits += 1;
        const first = made[Number(new TextDecoder().decode(found.answer.body ?? undefined))];
        if (first === undefined) return ['an answer that nobody made'];
        const told = fieldOf(first.told, 'cache-control') ?? '';
        const differs = (name: string): boolean =>
          fieldOf(first.asked.request.fields, name) !== fieldOf(asked.request.fields, name);
        const wrong = [
          first.asked.parts() !== asked.parts() && 'a key',
          membersOf(fieldOf(first.told, 'vary')).some(differs) && 'a Vary',
          differs('authorization') && 'an Authorization',
          given.authorization !== null && told === 'max-age=60' && 'section 3.5',
          /no-store|private/.test(told) && 'what must not be kept',
        ].filter((each) => each !== false);
        return wrong.map((each) => ({ crossed: each, asked, first }));
      });
    };
    fc.assert(
      fc.property(rule, fc.array(PICKS, { minLength: 200, maxLength: 200 }), (of, calls) => {
        expect(crossing(of, calls.map(callOf))).toEqual([]);
      }),
      { numRuns: LAW_CALLS / 200 },
    );
    // Else the law would hold because nothing is ever answered from memory.
    expect(hits).toBeGreaterThan(LAW_CALLS / 100);
  });

  function partsOf(of: CacheRule, given: Parts) {
    const asked = Object.entries({ page: given.page, user: given.user });
    const named = asked.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
    const search = `?${named.join('&')}`;
    const fields: Fields = [
      ...names.flatMap((name, index) => {
        const value = given.values[index];
        return value === undefined || value === null ? [] : [[name, value] as const];
      }),
      ...(given.cookie === null ? [] : [['cookie', `session=${given.cookie}`] as const]),
      ...(given.authorization === null ? [] : [['authorization', given.authorization] as const]),
    ];
    const key = cacheKey(of, { path: given.path, search, fields, user: given.signedIn });
    // The same by hand, from what the rule says tells two calls apart.
    const parts = (): string =>
      JSON.stringify([
        given.path,
        of.query === undefined || of.query.includes('page') ? given.page : 0,
        of.query === undefined || of.query.includes('user') ? given.user : 0,
        of.headers?.length ? given.values[2] : 0,
        of.cookies?.length ? given.cookie : 0,
        of.user === false ? 0 : given.signedIn,
      ]);
    return { request: { method: 'GET', key, path: given.path, fields }, parts };
  }
});

describe('at the door', () => {
  const told: Fields = [
    ['cache-control', 'max-age=60'],
    ['etag', '"v1"'],
  ];
  const body = new TextEncoder().encode('hello');
  async function twice(cache: CacheRule, first: Fields, second: Fields) {
    const stage = new DoorStage({ cache });
    const call = {
      method: 'GET',
      path: '/api/cached',
      search: '',
      fields: first,
      readBody: async () => null,
    };
    const verdict = await stage.enter(call, NOW);
    if (verdict.is !== 'admitted') throw new Error('Expected the first call to be let in.');
    const left = stage.route.leave(call, { status: 200, fields: told, body }, verdict, NOW);
    return { left, again: await stage.enter({ ...call, fields: second }, NOW + 2000) };
  }

  it('the second call is answered from memory, and both say so', async () => {
    const { left, again } = await twice({}, [], []);
    expect(fieldOf(left, 'cache-status')).toBe('front-door; fwd=uri-miss; stored');
    expect(again).toMatchObject({ is: 'answered', answer: { status: 200, body } });
    const { fields } = (again as { answer: StoredAnswer }).answer;
    expect(fieldOf(fields, 'cache-status')).toBe('front-door; hit; ttl=58');
    expect(fieldOf(fields, 'age')).toBe('2');
  });

  it('whoever has it already is told so', async () => {
    const { again } = await twice({}, [], [['if-none-match', '"v0", W/"v1"']]);
    expect(again).toMatchObject({ is: 'answered', answer: { status: 304, body: null } });
  });

  it("a key without the user gives one user's answer to another, and a key with the cookie does not", async () => {
    const [ada, grace]: Fields[] = [[['cookie', 'session=ada']], [['cookie', 'session=grace']]];
    expect((await twice({}, ada ?? [], grace ?? [])).again.is).toBe('answered');
    expect((await twice({ cookies: ['session'] }, ada ?? [], grace ?? [])).again.is).toBe(
      'admitted',
    );
  });

  it('a caller who wants no new answer gets 504 when there is none', async () => {
    const stage = new DoorStage({ cache: {} });
    const fields: Fields = [['cache-control', 'only-if-cached']];
    expect(await stage.outcome({ fields })).toBe('not-in-cache');
  });

  it('whom an authorizer has found is part of the key', async () => {
    const stage = new DoorStage({ authorizer: { is: 'session' }, cache: { ttlS: 60 } });
    const as = (user: string) => ({ fields: [['cookie', `session=${user}`]] as Fields });
    const call = {
      method: 'GET',
      path: '/api/orders/17',
      search: '',
      readBody: async () => null,
      ...as('ada'),
    };
    const verdict = await stage.enter(call, NOW);
    if (verdict.is !== 'admitted') throw new Error('Expected ada to be let in.');
    stage.route.leave(call, { status: 200, fields: [], body }, verdict, NOW);
    expect(await stage.outcome(as('ada'), NOW)).toBe('answered');
    expect(await stage.outcome(as('grace'), NOW)).toBe('admitted');
  });
});
