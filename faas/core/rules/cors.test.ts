import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAW_CALLS } from '../../../test/fixtures/law-calls.ts';
import { answerPreflight, isPreflight, withCors } from './cors.ts';
import { fieldOf, membersOf, type Fields } from './fields.ts';
import { pickBy, PICKS, someOf, type Pick } from './fixtures/picks.ts';
import type { CorsRule } from './route-rules.ts';

const HERE = 'https://page.example';

/** What a page wants to do. */
interface Wish {
  readonly origin: string;
  readonly method: string;
  /** Headers that are not safelisted, in lower case. */
  readonly headers: readonly string[];
  readonly withCredentials: boolean;
}

/** The CORS check of a browser (Fetch Standard, "CORS check"). */
function passesCheck({ origin, withCredentials }: Wish, answer: Fields): boolean {
  const allowed = fieldOf(answer, 'access-control-allow-origin');
  if (allowed === null) return false;
  if (!withCredentials && allowed === '*') return true;
  if (allowed !== origin) return false;
  return !withCredentials || fieldOf(answer, 'access-control-allow-credentials') === 'true';
}

/** What a browser concludes from the answer to its preflight (Fetch Standard, "CORS-preflight fetch"). */
function mayGoOn(wish: Wish, status: number, answer: Fields): boolean {
  if (!passesCheck(wish, answer) || status < 200 || status > 299) return false;
  const methods = membersOf(fieldOf(answer, 'access-control-allow-methods'));
  const headers = membersOf(fieldOf(answer, 'access-control-allow-headers')).map((name) =>
    name.toLowerCase(),
  );
  const isAny = (list: readonly string[]): boolean => list.includes('*') && !wish.withCredentials;
  const isMethod =
    methods.includes(wish.method) ||
    ['GET', 'HEAD', 'POST'].includes(wish.method) ||
    isAny(methods);
  return (
    isMethod &&
    wish.headers.every(
      (name) => headers.includes(name) || (name !== 'authorization' && isAny(headers)),
    )
  );
}

function preflight({ origin, method, headers }: Wish): Fields {
  return [
    ['origin', origin],
    ['access-control-request-method', method],
    ...(headers.length === 0
      ? []
      : [['access-control-request-headers', headers.toSorted().join(',')] as const]),
  ];
}

const OTHER = 'https://other.example';

function ruleBy(pick: Pick): CorsRule {
  return {
    origins: pick(['*'], [HERE], [OTHER], [HERE, OTHER]),
    ...(pick(true, false) && { methods: someOf(pick, ['PUT', 'DELETE', '*']) }),
    ...(pick(true, false) && {
      headers: someOf(pick, ['Content-Type', 'X-Own', 'Authorization', '*']),
    }),
    ...pick({}, { credentials: false }, { credentials: true }),
    ...pick({}, { maxAgeS: 0 }, { maxAgeS: 600 }),
  };
}

function wishBy(pick: Pick): Wish {
  return {
    origin: pick(HERE, OTHER, 'https://evil.example', 'null'),
    method: pick('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'put'),
    headers: someOf(pick, ['content-type', 'x-own', 'authorization', 'x-else']),
    withCredentials: pick(true, false),
  };
}

describe(`laws, with ${LAW_CALLS} random preflights`, () => {
  it('the door allows what a browser then does, and refuses what it would not do', () => {
    const disagreements: unknown[] = [];
    fc.assert(
      fc.property(PICKS, (number) => {
        const pick = pickBy(number);
        const [rule, wish] = [ruleBy(pick), wishBy(pick)];
        // The file refuses this pair: a page of any origin must not act as the user.
        fc.pre(!(rule.credentials === true && rule.origins.includes('*')));
        const { isAllowed, fields } = answerPreflight(rule, preflight(wish));
        const goes = mayGoOn(wish, isAllowed ? 204 : 403, fields);
        // Credentials are not in a preflight: whether they may come is what its answer says.
        const isAboutCredentials = wish.withCredentials && rule.credentials !== true;
        if (isAboutCredentials ? goes : goes !== isAllowed && !isWildcard(rule, wish)) {
          disagreements.push({ rule, wish, isAllowed, goes });
        }
      }),
      { numRuns: LAW_CALLS },
    );
    expect(disagreements).toEqual([]);
  });

  /** Where a `*` in a rule with credentials is a name: the door takes it for one too. */
  function isWildcard({ credentials }: CorsRule, { withCredentials }: Wish): boolean {
    return credentials === true && !withCredentials;
  }

  it('no page of an origin that is not named reads an answer', () => {
    fc.assert(
      fc.property(PICKS, (number) => {
        const pick = pickBy(number);
        const [rule, wish] = [ruleBy(pick), wishBy(pick)];
        const answer = withCors(
          rule,
          [['origin', wish.origin]],
          [
            ['access-control-allow-origin', '*'],
            ['access-control-allow-credentials', 'true'],
          ],
        );
        const isNamed = rule.origins.includes('*') || rule.origins.includes(wish.origin);
        return isNamed || !passesCheck(wish, answer);
      }),
      { numRuns: LAW_CALLS / 10 },
    );
  });
});

describe('an answer', () => {
  const rule: CorsRule = { origins: [HERE], exposed: ['ETag', 'Retry-After'] };

  it('is readable for pages of the origins that are named, with the headers that are named', () => {
    expect(withCors(rule, [['origin', HERE]], [])).toEqual([
      ['vary', 'Origin'],
      ['access-control-allow-origin', HERE],
      ['access-control-expose-headers', 'ETag, Retry-After'],
    ]);
  });

  it('differs by origin, and says so to caches, also without one', () => {
    expect(withCors(rule, [], [['vary', 'Accept']])).toEqual([['vary', 'Accept, Origin']]);
    expect(withCors({ origins: ['*'] }, [['origin', HERE]], [])).toEqual([
      ['access-control-allow-origin', '*'],
    ]);
  });

  it("has the door's fields alone, whatever the function says", () => {
    const own: Fields = [
      ['access-control-allow-origin', '*'],
      ['x-own', '1'],
    ];
    expect(withCors(rule, [['origin', 'https://evil.example']], own)).toEqual([
      ['x-own', '1'],
      ['vary', 'Origin'],
    ]);
  });
});

describe('a preflight', () => {
  it('is an OPTIONS with an origin and a method, and no other', () => {
    const fields = preflight({ origin: HERE, method: 'PUT', headers: [], withCredentials: false });
    expect(isPreflight('OPTIONS', fields)).toBe(true);
    expect(isPreflight('GET', fields)).toBe(false);
    expect(isPreflight('OPTIONS', [['origin', HERE]])).toBe(false);
  });

  it('may be kept as long as the rule says, by default five seconds', () => {
    const wish = {
      origin: HERE,
      method: 'POST',
      headers: ['content-type'],
      withCredentials: false,
    };
    const answer = answerPreflight({ origins: [HERE], headers: ['Content-Type'] }, preflight(wish));
    expect(answer).toEqual({
      isAllowed: true,
      fields: [
        ['access-control-allow-origin', HERE],
        ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
        ['access-control-allow-methods', 'GET, HEAD, POST'],
        ['access-control-allow-headers', 'Content-Type'],
        ['access-control-max-age', '5'],
      ],
    });
  });
});
