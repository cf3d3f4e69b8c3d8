import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../problem.ts';
import { DoorStage, ROUTE } from './fixtures/door.ts';
import { fieldOf, type Fields } from './fields.ts';
import { RULE_ORDER } from './rule-order.ts';

const ADA: Fields = [['cookie', 'theme=dark; session=ada']];
const GRACE: Fields = [['cookie', 'session=grace']];
const body = (text: string) => ({
  method: 'POST',
  fields: [['content-type', 'application/json']] as Fields,
  readBody: () => Promise.resolve(new TextEncoder().encode(text)),
});

describe('the order of checks', () => {
  it('names every refusal, each with a status of its own kind', () => {
    const codes = RULE_ORDER.flatMap(({ refusals }) => refusals);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(PROBLEMS[code].status).toBeGreaterThanOrEqual(400);
  });

  it('is kept: what costs least is asked first, and what refuses ends the asking', async () => {
    const stage = new DoorStage(
      {
        cors: { origins: ['https://example.org'] },
        keys: {},
        throttle: { rate: 1, burst: 1 },
        authorizer: { is: 'session' },
        validation: { query: { required: ['page'] } },
        cache: {},
      },
      {
        plans: { free: { rate: 9, burst: 9 } },
        keys: { k: { sha256: 'hash of k', plan: 'free' } },
      },
    );
    const fields: [string, string][] = [['origin', 'https://example.org']];
    const rules = () => stage.decisions.map(({ rule, outcome }) => `${rule} ${outcome}`);
    await stage.enter({ fields });
    expect(rules()).toEqual(['cors passed', 'keys refused']);
    fields.push(['x-api-key', 'k']);
    await stage.enter({ fields });
    expect(rules()).toEqual([
      'cors passed',
      'keys passed',
      'throttle passed',
      'authorizer refused',
    ]);
    await stage.enter({ fields });
    expect(rules()).toEqual(['cors passed', 'keys passed', 'throttle refused']);
    fields.push(['cookie', 'session=ada']);
    await stage.enter({ fields }, 2000);
    expect(rules().slice(3)).toEqual(['authorizer passed', 'validation refused']);
    await stage.enter({ fields, search: '?page=1' }, 4000);
    const names = stage.decisions.map(({ rule }) => rule);
    expect(names).toEqual(
      RULE_ORDER.map(({ rule }) => rule).filter((rule) => rule !== 'timeLimit'),
    );
  });

  it('a route without rules has no door', () => {
    expect(new DoorStage({}).door.at('/api/hello')).toBeNull();
    expect(new DoorStage({}).door.at('constructor')).toBeNull();
  });
});

describe('keys and their plans', () => {
  const others = {
    plans: {
      free: { rate: 1, burst: 2, quota: 3, periodS: 60 },
      paid: { rate: 100, burst: 100 },
    },
    keys: {
      ada: { sha256: 'hash of a', plan: 'free' },
      grace: { sha256: 'hash of g', plan: 'paid' },
    },
  };
  const key = (text: string) => ({ fields: [['x-api-key', text]] as Fields });

  it('a call without one, with an unknown one or one of another plan is refused', async () => {
    const stage = new DoorStage({ keys: { plans: ['free'] } }, others);
    expect(await stage.outcome()).toBe('key-missing');
    expect(await stage.outcome(key('x'))).toBe('key-missing');
    expect(await stage.outcome(key('g'))).toBe('key-refused');
    expect(await stage.enter(key('a'))).toMatchObject({ is: 'admitted', holder: 'ada' });
    expect(await stage.outcome({ fields: [...key('a').fields, ...key('g').fields] })).toBe(
      'key-missing',
    );
  });

  it('each has a bucket and a quota of its own, and the answer says what is left', async () => {
    const stage = new DoorStage({ keys: {} }, others);
    const first = await stage.enter(key('a'));
    expect(first).toMatchObject({
      fields: [
        ['ratelimit-policy', '"key";q=2;w=2, "quota";q=3;w=60'],
        ['ratelimit', '"key";r=1;t=1, "quota";r=2;t=60'],
      ],
    });
    expect(await stage.outcome(key('a'))).toBe('admitted');
    expect(await stage.outcome(key('a'))).toBe('rate-limited');
    expect(await stage.outcome(key('g'))).toBe('admitted');
    expect(await stage.outcome(key('a'), 5000)).toBe('admitted');
    const last = await stage.enter(key('a'), 5000);
    expect(last).toMatchObject({ code: 'quota-used-up' });
    expect(fieldOf((last as { fields: Fields }).fields, 'retry-after')).toBe('55');
    expect(await stage.outcome(key('a'), 60_000)).toBe('admitted');
  });

  it('a refusal by one limit takes nothing from the other', async () => {
    const stage = new DoorStage({ keys: {}, throttle: { rate: 0.001, burst: 1 } }, others);
    expect(await stage.outcome(key('g'))).toBe('admitted');
    for (let call = 0; call < 500; call++)
      expect(await stage.outcome(key('g'))).toBe('rate-limited');
    const { fields } = (await stage.enter(key('g'))) as { fields: Fields };
    expect(fieldOf(fields, 'ratelimit')).toBe('"key";r=99;t=1, "route";r=0;t=1000');
  });
});

describe('an authorizer', () => {
  const allow = ['ada GET,DELETE /api/orders/17', 'grace GET /api/orders/*', 'role:clerk * *'];
  const stage = () => new DoorStage({ authorizer: { is: 'session', allow } });

  it('does not know who sends nothing, or what is not signed', async () => {
    const missing = await stage().enter();
    expect(missing).toMatchObject({
      code: 'not-signed-in',
      fields: [['www-authenticate', 'Cookie cookie-name="session"']],
    });
    const wrong = await stage().enter({ fields: [['cookie', 'session=nobody']] });
    expect(wrong).toMatchObject({ code: 'not-signed-in' });
    expect((wrong as { detail: string }).detail).toContain('the signature is wrong');
  });

  it.each([
    ['ada', 'GET', '17', 'admitted'],
    ['ada', 'DELETE', '17', 'admitted'],
    ['ada', 'HEAD', '17', 'admitted'],
    ['ada', 'PUT', '17', 'not-allowed'],
    ['ada', 'GET', '18', 'not-allowed'],
    ['ada', 'GET', '171', 'not-allowed'],
    ['grace', 'GET', '18', 'admitted'],
    ['grace', 'GET', '18/lines', 'not-allowed'],
    ['eve', 'GET', '17', 'not-allowed'],
    ['eve:clerk', 'PUT', '17', 'admitted'],
    ['*', 'GET', '17', 'not-allowed'],
    ['role%3Aclerk', 'GET', '17', 'not-allowed'],
  ])('%s may %s order %s: %s', async (who, method, id, outcome) => {
    const fields: Fields = [['cookie', `session=${decodeURIComponent(who.replace('%3A', ' '))}`]];
    expect(await stage().outcome({ method, path: `/api/orders/${id}`, fields })).toBe(outcome);
  });

  it('a refusal names the line that would grant it', async () => {
    const refusal = await stage().enter({ fields: GRACE, method: 'PUT' });
    expect((refusal as { detail: string }).detail).toContain('"grace PUT /api/orders/17"');
  });

  it('checks a signature once, as long as it holds', async () => {
    const one = stage();
    for (let call = 0; call < 5; call++) await one.enter({ fields: ADA }, call * 1000);
    expect(one.checks.read).toBe(1);
    await one.enter({ fields: ADA }, 60_000);
    expect(one.checks.read).toBe(2);
  });

  it('that cannot check says so, and lets nobody in', async () => {
    const one = stage();
    one.checks.isBroken = true;
    expect(await one.outcome({ fields: ADA })).toBe('rule-unavailable');
  });

  it('a page of another site may not act by the cookie that the browser adds', async () => {
    const from = (origin: string): Fields => [
      ...ADA,
      ['host', 'localhost:4321'],
      ['origin', origin],
    ];
    const act = (origin: string) => stage().outcome({ method: 'DELETE', fields: from(origin) });
    expect(await act('https://evil.example')).toBe('foreign-origin');
    expect(await act('null')).toBe('foreign-origin');
    expect(await act('http://localhost:9999')).toBe('foreign-origin');
    expect(await act('http://localhost:4321')).toBe('admitted');
    expect(await stage().outcome({ fields: from('https://evil.example') })).toBe('admitted');
    const friend = new DoorStage({
      authorizer: { is: 'session' },
      cors: { origins: ['https://friend.example'], credentials: true },
    });
    const friendly = { method: 'DELETE', fields: from('https://friend.example') };
    expect(await friend.outcome(friendly)).toBe('admitted');
  });

  it('reads a bearer token, and nothing else, where it asks for one', async () => {
    const token = { issuer: 'i', audience: 'a', algorithms: ['ES256'], jwks: { keys: [] } };
    const one = new DoorStage({ authorizer: { is: 'bearer', token } });
    expect(await one.enter({ fields: ADA })).toMatchObject({
      code: 'not-signed-in',
      fields: [['www-authenticate', 'Bearer']],
    });
    expect(await one.enter({ fields: [['authorization', 'Bearer nobody']] })).toMatchObject({
      fields: [['www-authenticate', 'Bearer error="invalid_token"']],
    });
    expect(await one.outcome({ fields: [['authorization', 'bearer ada']] })).toBe('admitted');
    expect(await one.outcome({ fields: [['authorization', 'Basic ada']] })).toBe('not-signed-in');
  });
});

describe('validation', () => {
  const stage = () => new DoorStage({ validation: { body: { required: ['name'] } } });

  it('refuses what is no JSON, no object of the schema, or of another type', async () => {
    expect(await stage().outcome(body('{"name": "Ada"}'))).toBe('admitted');
    expect(await stage().outcome(body('{'))).toBe('invalid-request');
    expect(await stage().outcome(body(''))).toBe('invalid-request');
    expect(await stage().enter(body('{}'))).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '#/name', detail: 'is missing.' }],
    });
    expect(await stage().outcome({ ...body('{"name": 1}'), fields: [] })).toBe('unsupported-type');
    const form: Fields = [['content-type', 'application/x-www-form-urlencoded']];
    expect(await stage().outcome({ ...body('name=1'), fields: form })).toBe('unsupported-type');
    const merge: Fields = [['content-type', 'application/merge-patch+json; charset=utf-8']];
    expect(await stage().outcome({ ...body('{"name": 1}'), fields: merge })).toBe('admitted');
  });

  it('refuses bytes that are no UTF-8', async () => {
    const bytes = {
      ...body(''),
      readBody: () => Promise.resolve(new Uint8Array([0x22, 0xff, 0x22])),
    };
    expect(await stage().outcome(bytes)).toBe('invalid-request');
  });

  it('hands on the body that it has read', async () => {
    const verdict = await stage().enter(body('{"name": 1}'));
    expect(verdict).toMatchObject({ body: new TextEncoder().encode('{"name": 1}') });
  });

  it('asks nothing of the body of a GET', async () => {
    expect(await stage().outcome()).toBe('admitted');
  });
});

describe('new rules', () => {
  it('take the place of the old ones, and what has not changed keeps its tokens', async () => {
    const throttle = { rate: 0.001, burst: 1 };
    const stage = new DoorStage({ throttle });
    expect(await stage.outcome()).toBe('admitted');
    stage.door.update({ plans: {}, keys: {}, rules: { [ROUTE]: { throttle }, '/api/a': {} } });
    expect(await stage.outcome()).toBe('rate-limited');
    stage.door.update({
      plans: {},
      keys: {},
      rules: { [ROUTE]: { throttle: { rate: 1, burst: 2 } } },
    });
    expect(await stage.outcome()).toBe('admitted');
    stage.door.update({ plans: {}, keys: {}, rules: {} });
    expect(stage.door.at(ROUTE)).toBeNull();
  });
});
