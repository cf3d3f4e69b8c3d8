import { describe, expect, it } from 'vitest';
import { HEADER_PREFIX, HEADERS, IDENTITY_HEADERS, type HeaderList } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { PaperChecks } from '../core/rules/fixtures/door.ts';
import { RouteDoors } from '../core/rules/front-door.ts';
import type { DoorRules, RouteRules } from '../core/rules/route-rules.ts';
import { KeepAlive } from '../core/scaling/keep-alive.ts';
import { VirtualClock } from '../core/time/virtual-clock.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import { traceText } from '../core/trace/fixtures/trace-text.ts';
import { Timeline } from '../core/trace/timeline.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { ScriptedDriver } from '../drivers/fixtures/scripted-driver.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';
import { RuleDoor } from './door.ts';
import { Platform } from './platform.ts';

const spec = (route: string, methods = ['GET', 'POST']): FunctionSpec => ({
  name: route,
  revision: 'r1',
  route,
  file: `${route.slice(1)}.ts`,
  runtime: 'node',
  methods,
  code: 'c0de',
  maxDurationS: 10,
  memoryMb: 256,
});

/** One platform of two functions, of which one has rules. */
class Stage {
  readonly clock = new VirtualClock();
  readonly events: TraceEvent[] = [];
  /** What the functions were given. */
  readonly seen: RequestMessage[] = [];
  readonly platform: Platform;

  constructor(
    rules: RouteRules,
    others: Partial<DoorRules> = {},
    answer: (request: RequestMessage) => ResponseMessage | Promise<ResponseMessage> = () => ({
      status: 200,
      headers: [],
      body: new TextEncoder().encode('hello'),
    }),
  ) {
    const emit = (event: TraceEvent) => void this.events.push(event);
    const { clock } = this;
    const all = { plans: {}, keys: {}, ...others, rules: { '/api/guarded': rules } };
    const doors = new RouteDoors(all, new PaperChecks());
    const driver = new ScriptedDriver((request) => {
      this.seen.push(request);
      return answer(request);
    });
    this.platform = new Platform({
      functions: [spec('/api/guarded'), spec('/api/open')],
      door: new RuleDoor({ rules: doors, clock, emit, maxBodyBytes: 10 }),
      driverFor: () => driver,
      policyFor: () => new KeepAlive(),
      clock,
      newId: countedIds(),
      emit,
      place: 'local',
    });
  }

  call(headers: HeaderList = [], given: Partial<RequestMessage> = {}): Promise<ResponseMessage> {
    return this.platform.handle({
      method: 'GET',
      url: '/api/guarded',
      headers,
      body: null,
      ...given,
    });
  }

  get told(): string[] {
    return this.events.map((event) =>
      traceText([event])
        .trim()
        .replace(/^[\d.]+ +/, ''),
    );
  }
}

const header = ({ headers }: ResponseMessage, name: string): string | undefined =>
  headers.find(([each]) => each === name)?.[1];

const problemOf = ({ body }: ResponseMessage) =>
  JSON.parse(new TextDecoder().decode(body as Uint8Array)) as { code: string; detail: string };

describe('a call that a rule refuses', () => {
  it('never reaches an instance, is told of in the trace, and says when to come again', async () => {
    const stage = new Stage({ throttle: { rate: 1, burst: 1 } });
    await stage.call();
    stage.events.length = 0;
    const refused = await stage.call();
    expect(refused.status).toBe(429);
    expect(problemOf(refused)).toMatchObject({ code: 'rate-limited', status: 429 });
    expect(header(refused, 'retry-after')).toBe('1');
    expect(header(refused, 'ratelimit')).toBe('"route";r=0;t=1');
    expect(header(refused, HEADERS.instance)).toBeUndefined();
    expect(stage.seen).toHaveLength(1);
    expect(stage.told).toEqual([
      'r2 refused by throttle: rate-limited',
      'r2 GET /api/guarded',
      'r2 failed: rate-limited',
    ]);
  });

  it('is one that no lane and no count has waited for', async () => {
    const stage = new Stage({ throttle: { rate: 1, burst: 1 } });
    await stage.call();
    await stage.call();
    const { lanes, counts, requests } = new Timeline(stage.events).at(stage.clock.now());
    expect(lanes.map(({ served }) => served)).toEqual([1]);
    expect(counts.at(-1)).toMatchObject({ queued: 0, running: 0 });
    expect(requests.map(({ code }) => code)).toEqual([null, 'rate-limited']);
  });

  it('is readable for the page that made it', async () => {
    const stage = new Stage({
      throttle: { rate: 1, burst: 1 },
      cors: { origins: ['https://page.example'], exposed: ['Retry-After'] },
    });
    const from: HeaderList = [['origin', 'https://page.example']];
    await stage.call(from);
    const refused = await stage.call(from);
    expect(refused.status).toBe(429);
    expect(header(refused, 'access-control-allow-origin')).toBe('https://page.example');
  });

  it('whose body is too large for a rule is answered with 413', async () => {
    const stage = new Stage({ validation: { body: true } });
    async function* pieces() {
      yield await Promise.resolve(new Uint8Array(6));
      yield new Uint8Array(6);
    }
    const type: HeaderList = [['content-type', 'application/json']];
    const answer = await stage.call(type, { method: 'POST', body: pieces() });
    expect(answer.status).toBe(413);
    expect(stage.seen).toEqual([]);
  });
});

describe('who calls', () => {
  const rules: RouteRules = { authorizer: { is: 'session' }, keys: {} };
  const others = {
    plans: { free: { rate: 1, burst: 1 } },
    keys: { 'Ada’s laptop': { sha256: 'hash of k', plan: 'free' } },
  };
  const forged: HeaderList = [
    [IDENTITY_HEADERS.user, 'root'],
    [IDENTITY_HEADERS.roles, 'clerk'],
    [IDENTITY_HEADERS.key, 'ada'],
    [`${HEADER_PREFIX}else`, '1'],
    ['x-own', '1'],
  ];

  it('is told to the function by the door alone', async () => {
    const stage = new Stage(rules, others);
    await stage.call([...forged, ['cookie', 'session=zoë:clerk'], ['x-api-key', 'k']]);
    const ours = stage.seen[0]?.headers.filter(([name]) => name.startsWith('x-'));
    expect(ours).toEqual([
      ['x-own', '1'],
      ['x-api-key', 'k'],
      [IDENTITY_HEADERS.user, 'zo%C3%AB'],
      [IDENTITY_HEADERS.roles, 'clerk'],
      [IDENTITY_HEADERS.key, 'Ada%E2%80%99s%20laptop'],
    ]);
  });

  it('is told by nobody outside, also where no rule looks', async () => {
    const stage = new Stage(rules, others);
    await stage.call(forged, { url: '/api/open' });
    expect(stage.seen[0]?.headers.filter(([name]) => name.startsWith('x-'))).toEqual([
      ['x-own', '1'],
    ]);
  });
});

describe('a preflight', () => {
  const cors = { origins: ['https://page.example'], methods: ['PUT'] };
  const asked = (origin: string): [HeaderList, Partial<RequestMessage>] => [
    [
      ['origin', origin],
      ['access-control-request-method', 'PUT'],
    ],
    { method: 'OPTIONS' },
  ];

  it('is answered by the door, though the function takes no OPTIONS', async () => {
    const stage = new Stage({ cors });
    const answer = await stage.call(...asked('https://page.example'));
    expect(answer.status).toBe(204);
    expect(header(answer, 'access-control-allow-methods')).toBe('GET, HEAD, POST, PUT');
    expect(stage.seen).toEqual([]);
    expect(stage.told).toEqual(['r1 answered by cors']);
    expect((await stage.call(...asked('https://evil.example'))).status).toBe(403);
  });

  it('is no affair of a function that says nothing of other origins', async () => {
    const stage = new Stage({ throttle: { rate: 1, burst: 1 } });
    expect((await stage.call(...asked('https://page.example'))).status).toBe(405);
    const [headers, given] = asked('https://page.example');
    expect((await stage.call(headers, { ...given, url: '/api/open' })).status).toBe(405);
  });
});

describe('an answer from memory', () => {
  it('says that it is one, and of no instance', async () => {
    const stage = new Stage({ cache: { ttlS: 60 } });
    const first = await stage.call();
    expect(header(first, 'cache-status')).toBe('front-door; fwd=uri-miss; stored');
    expect(header(first, HEADERS.instance)).toBeDefined();
    stage.events.length = 0;
    const second = await stage.call();
    expect(new TextDecoder().decode(second.body as Uint8Array)).toBe('hello');
    expect(header(second, 'cache-status')).toBe('front-door; hit; ttl=60');
    expect(header(second, HEADERS.instance)).toBeUndefined();
    expect(header(second, 'server-timing')).toBeUndefined();
    expect(header(second, HEADERS.request)).toBe('r2');
    expect(stage.seen).toHaveLength(1);
    expect(stage.told).toEqual(['r2 answered by cache']);
  });
});

describe('a call that takes longer than the door waits', () => {
  it('is answered with 504 and goes on, and the trace tells of both', async () => {
    const { promise, resolve } = Promise.withResolvers<ResponseMessage>();
    const stage = new Stage({ timeLimit: { ms: 300 } }, {}, () => promise);
    const answered = stage.call();
    await expect.poll(() => stage.seen.length).toBe(1);
    stage.clock.runUntil(300);
    const late = await answered;
    expect(late.status).toBe(504);
    expect(problemOf(late).code).toBe('door-timed-out');
    stage.clock.runUntil(900);
    resolve({ status: 201, headers: [], body: null });
    await expect.poll(() => stage.told.at(-1)).toContain('done 201');
    expect(stage.told.filter((line) => line.startsWith('r1'))).toEqual([
      'r1 GET /api/guarded',
      expect.stringContaining('r1 on'),
      'r1 refused by timeLimit: door-timed-out',
      expect.stringContaining('r1 done 201'),
    ]);
    expect(stage.events.map(({ at }) => at).slice(-2)).toEqual([300, 900]);
  });

  it('is passed on when it comes in time', async () => {
    const stage = new Stage({ timeLimit: { ms: 300 } });
    expect((await stage.call()).status).toBe(200);
    stage.clock.runUntil(1000);
    expect(stage.told.filter((line) => line.includes('timeLimit'))).toEqual([]);
  });
});
