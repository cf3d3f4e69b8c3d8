import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeMistake, scanFunctions } from './functions.ts';
import { parsePlatformFile, readPlatformFile } from './platform-file.ts';
import { PLATFORM_FILE_SCHEMA } from './platform-file-schema.ts';

const ROUTES = ['/api/hello', '/api/items/[id]'];

function mistakesIn(text: string): string[] {
  return parsePlatformFile(text, ROUTES).mistakes.map(describeMistake);
}

/** With everything that a rule can say. */
const full = {
  $schema: '../faas/project/platform-file.schema.json',
  grants: { '/api/hello': ['store', 'store:direct'] },
  plans: { free: { rate: 0.5, burst: 2, quota: 100, periodS: 3600 } },
  keys: { ada: { sha256: 'a'.repeat(64), plan: 'free' } },
  rules: {
    '/api/hello': {
      cors: { origins: ['https://example.org', 'http://[::1]:4321'], methods: ['PUT'] },
      keys: { plans: ['free'] },
      throttle: { rate: 5, burst: 10 },
      authorizer: { is: 'session', allow: ['ada GET,PUT /api/hello', 'role:clerk * *'] },
      validation: { body: { $ref: '#/$defs/a', $defs: { a: { type: 'object' } } } },
      cache: { ttlS: 60, query: ['page'], cookies: ['session'], user: false },
      timeLimit: { ms: 2000 },
    },
    '/api/items/[id]': {
      authorizer: {
        is: 'bearer',
        token: {
          issuer: 'https://issuer.example',
          audience: 'course',
          algorithms: ['ES256'],
          jwks: { keys: [{ kty: 'EC' }] },
        },
      },
    },
  },
  triggers: {
    '/api/hello': {
      queue: {
        name: 'orders',
        batch: 10,
        consumers: 2,
        visibilityS: 0.5,
        maxReceives: 3,
        backOff: 'fixed',
        retryS: 0,
        mostRetryS: 1,
        jitter: false,
        mode: 'structured',
      },
    },
  },
  revisions: {
    '/api/items/[id]': {
      by: 'call',
      shares: [
        { revision: 'steady', weight: 90 },
        { revision: 'canary', weight: 10, tag: 'new', file: 'api/_revisions/items.ts' },
      ],
    },
  },
  schedules: { nightly: { queue: 'orders', everyS: 86400, missed: 'last' } },
};

it('the JSON Schema in the repository is the one the platform checks with', () => {
  const file = readFileSync('faas/project/platform-file.schema.json', 'utf8');
  expect(
    JSON.parse(file),
    'Write PLATFORM_FILE_SCHEMA to the file as JSON, then run prettier.',
  ).toEqual(JSON.parse(JSON.stringify(PLATFORM_FILE_SCHEMA)));
});

it("the project's own file has no mistake", () => {
  const routes = scanFunctions('.').map(({ route }) => route);
  const { content, mistakes } = readPlatformFile('.', routes);
  expect(mistakes).toEqual([]);
  expect(content).not.toBeNull();
});

it('what it says comes back as it stands there', () => {
  const { content, mistakes } = parsePlatformFile(JSON.stringify(full), ROUTES);
  expect(mistakes).toEqual([]);
  expect(content).toMatchObject(full);
});

it('without a file nothing is granted and nothing is checked', () => {
  const root = mkdtempSync(join(tmpdir(), 'rules-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'api'));
  const nothing = {
    grants: {},
    twins: {},
    revisions: {},
    plans: {},
    keys: {},
    rules: {},
    triggers: {},
    schedules: {},
  };
  expect(readPlatformFile(root, ROUTES)).toEqual({ content: nothing, mistakes: [] });
  writeFileSync(join(root, 'api/_platform.json'), '\uFEFF{}');
  expect(readPlatformFile(root, ROUTES)).toEqual({ content: nothing, mistakes: [] });
});

describe('a mistake is told with file, line, what came, what was expected, and the cure', () => {
  const cases: [string, string, string[]][] = [
    [
      'a number out of its range',
      '{\n "rules": {\n  "/api/hello": { "throttle": {\n   "burst": 1,\n   "rate": -1 } } } }',
      [
        'api/_platform.json:5 rules["/api/hello"].throttle.rate is -1. Expected a number > 0 and ≤ 100000.',
      ],
    ],
    [
      'a number that is missing',
      '{\n "rules": {\n  "/api/hello": {\n   "throttle": { "rate": 1 } } } }',
      [
        'api/_platform.json:4 rules["/api/hello"].throttle.burst is missing. Expected a whole number ≥ 1 and ≤ 100000.',
      ],
    ],
    [
      'a misspelt rule',
      '{\n "rules": {\n  "/api/hello": {\n   "throtle": {} } } }',
      [
        'api/_platform.json:4 rules["/api/hello"].throtle is {}. Expected no such field. Take it out or correct its name: there are cors, keys, throttle, authorizer, validation, cache, timeLimit.',
      ],
    ],
    [
      'a misspelt keyword of a schema',
      '{"rules": {"/api/hello": {"validation": {"body": {"properties": {"a": {"typ": "string"}}}}}}}',
      [
        expect.stringContaining(
          'rules["/api/hello"].validation.body.properties.a.typ is "string". Expected no such field.',
        ) as string,
      ],
    ],
    [
      'a rule for no function',
      '{\n\n "rules": { "/api/helo": {} } }',
      [
        'api/_platform.json:3 rules["/api/helo"] is for the function "/api/helo", and there is none. Expected one of /api/hello, /api/items/[id].',
      ],
    ],
    [
      'a grant for no function',
      '{"grants": {"/api/helo": ["store"]}}',
      [
        'api/_platform.json grants["/api/helo"] is for the function "/api/helo", and there is none. Expected one of /api/hello, /api/items/[id].',
      ],
    ],
    [
      'a grant to call no function, and a twin that is none',
      '{"grants": {"/api/hello": ["call:/api/helo"]}, "twins": {"/api/hello": "/api/helo"}}',
      [
        'api/_platform.json grants["/api/hello"][0] is for the function "/api/helo", and there is none. Expected one of /api/hello, /api/items/[id].',
        'api/_platform.json twins["/api/hello"] is for the function "/api/helo", and there is none. Expected one of /api/hello, /api/items/[id].',
      ],
    ],
    [
      'a grant that is none',
      '{"grants": {"/api/hello": ["Store!"]}}',
      [
        'api/_platform.json grants["/api/hello"][0] is "Store!". Expected a grant in lower case, such as "store", "store:direct" or "call:/api/price".',
      ],
    ],
    [
      'a plan that nobody has described',
      '{"rules": {"/api/hello": {"keys": {"plans": ["gold"]}}}}',
      [
        'api/_platform.json rules["/api/hello"].keys.plans[0] is for the plan "gold", and there is none. Expected one of none, as there are none.',
      ],
    ],
    [
      'a line of grants that is none',
      '{"rules": {"/api/hello": {"authorizer": {"is": "session", "allow": ["ada may read"]}}}}',
      [
        'api/_platform.json rules["/api/hello"].authorizer.allow[0] is "ada may read". Expected who, methods and path, such as "ada GET,PUT /api/orders/17".',
      ],
    ],
    [
      'cookies for pages of every origin',
      '{"rules": {"/api/hello": {"cors": {\n"origins": ["*"],\n"credentials": true}}}}',
      [
        'api/_platform.json:3 rules["/api/hello"].cors has credentials for "*". Expected the origins by name, since pages of these may act as the user.',
      ],
    ],
    [
      'a bearer token without its keys',
      '{"rules": {"/api/hello": {"authorizer": {"is": "bearer"}}}}',
      ['api/_platform.json rules["/api/hello"].authorizer.token is missing. Expected an object.'],
    ],
    [
      'an algorithm that needs a shared secret',
      '{"rules": {"/api/hello": {"authorizer": {"is": "bearer", "token": {"issuer": "a", "audience": "b", "algorithms": ["HS256"], "jwks": {"keys": [{"kty": "EC"}]}}}}}}',
      [
        'api/_platform.json rules["/api/hello"].authorizer.token.algorithms[0] is "HS256". Expected "ES256" or "ES384" or "EdDSA" or "PS256" or "RS256".',
      ],
    ],
    [
      'a reference to nothing',
      '{"rules": {"/api/hello": {"validation": {"body": {"$ref": "#/$defs/no"}}}}}',
      [
        'api/_platform.json rules["/api/hello"].validation.body means nothing: $ref leads to "#/$defs/no", and nothing is there: expected "#/$defs/NAME". Correct it there.',
      ],
    ],
    [
      'a key twice, of which JSON would take the last without a word',
      '{"rules": {\n "/api/hello": {},\n "/api/hello": {} } }',
      ['api/_platform.json:3 rules["/api/hello"] stands there twice. Keep one of the two.'],
    ],
    [
      'a queue for two functions',
      '{"triggers": {\n"/api/hello": {"queue": {"name": "orders"}},\n"/api/items/[id]": {"queue": {"name": "orders"}}}}',
      [
        'api/_platform.json:3 triggers["/api/items/[id]"].queue.name is "orders", whose messages go to /api/hello. Expected one function for each queue; send to two queues where two are to know.',
      ],
    ],
    [
      'a batch in binary mode',
      '{"triggers": {"/api/hello": {"queue": {"name": "orders", "batch": 5, "mode": "binary"}}}}',
      [
        'api/_platform.json triggers["/api/hello"].queue.mode is "binary", and its batch has up to 5 messages. Expected "structured", or a batch of 1: binary mode has one event in a request.',
      ],
    ],
    [
      'a longest wait below the first',
      '{"triggers": {"/api/hello": {"queue": {"name": "orders", "retryS": 9, "mostRetryS": 3}}}}',
      [
        'api/_platform.json triggers["/api/hello"].queue.mostRetryS does not fit. Expected at least retryS, which is 9; raise it, or lower retryS.',
      ],
    ],
    [
      'a schedule for a queue that goes nowhere',
      '{"schedules": {"nightly": {"queue": "reports", "everyS": 60}}}',
      [
        'api/_platform.json schedules.nightly.queue is for the queue "reports", and there is none. Expected one of none, as there are none.',
      ],
    ],
    ['a list', '[]', ['api/_platform.json the file is []. Expected an object.']],
  ];
  it.each(cases)('%s', (_name, text, mistakes) => {
    expect([...new Set(mistakesIn(text))]).toEqual(mistakes);
    expect(parsePlatformFile(text, ROUTES).content).toBeNull();
  });

  it.each([
    ['{\n "rules": {},\n}', 3],
    ['{\n "rules": {\n', 3],
    ['', 1],
  ])('what is not JSON: %j', (text, line) => {
    const [mistake] = parsePlatformFile(text, ROUTES).mistakes;
    expect(mistake).toMatchObject({ line, problem: expect.stringContaining('is not JSON') });
  });
});

describe('revisions', () => {
  const shared = (shares: readonly unknown[], more = {}): string =>
    JSON.stringify({ revisions: { '/api/hello': { shares } }, ...more }, null, 1);
  const own = { revision: 'steady', weight: 90 };
  const canary = { revision: 'canary', weight: 10, file: 'api/_revisions/hello.ts' };

  it('are refused with the line and what was expected', () => {
    expect(mistakesIn(shared([own, { ...canary, weight: 'ten' }]))).toEqual([
      'api/_platform.json:11 revisions["/api/hello"].shares[1].weight is "ten". Expected a whole number ≥ 0 and ≤ 100.',
    ]);
    expect(mistakesIn(shared([own, { ...canary, weight: 5 }]))).toEqual([
      'api/_platform.json:4 revisions["/api/hello"].shares has weights that add up to 95. Expected 100: all of its calls.',
    ]);
    expect(mistakesIn(shared([own, { revision: 'canary', weight: 10 }]))).toEqual([
      expect.stringContaining('has 2 revisions without a file. Expected one'),
    ]);
    expect(mistakesIn(shared([own, { ...canary, revision: 'steady' }]))).toEqual([
      'api/_platform.json:10 revisions["/api/hello"].shares[1].revision is "steady", as of another revision. Expected each to have one of its own.',
    ]);
    for (const file of ['api/canary.ts', '_revisions/hello.ts', 'api/../_x/hello.ts']) {
      expect(mistakesIn(shared([own, { ...canary, file }]))).toEqual([
        expect.stringContaining(`file is "${file}". Expected a path below api/ with a part`),
      ]);
    }
    expect(mistakesIn(shared([own, canary]).replace('/api/hello', '/api/helo'))).toEqual([
      expect.stringContaining('is for the function "/api/helo", and there is none'),
    ]);
  });

  it('do not share a route whose answers are kept', () => {
    const rules = { '/api/hello': { cache: { ttlS: 10 } } };
    expect(mistakesIn(shared([own, canary], { rules }))).toEqual([
      expect.stringContaining('rules["/api/hello"].cache is for a route that revisions share.'),
    ]);
  });
});
