/** What each rule of the front door, and a route that revisions share, adds to a warm call. */

import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { FunctionSpec } from '../../faas/core/function.ts';
import { RouteDoors } from '../../faas/core/rules/front-door.ts';
import type { DoorRules, RouteRules } from '../../faas/core/rules/route-rules.ts';
import type { RouteSplit, SplitBy } from '../../faas/core/rules/split.ts';
import { KeepAlive } from '../../faas/core/scaling/keep-alive.ts';
import type { TraceEvent } from '../../faas/core/trace/trace.ts';
import type { Driver, Exit, RequestMessage, RunningInstance } from '../../faas/drivers/protocol.ts';
import { EventLog } from '../../faas/gateway/event-log.ts';
import { WebDoorChecks } from '../../faas/platform/door-checks.ts';
import { RuleDoor } from '../../faas/platform/door.ts';
import { liveIds } from '../../faas/platform/live-ids.ts';
import { Platform } from '../../faas/platform/platform.ts';
import { realClock } from '../../faas/platform/real-clock.ts';
import type { DataRow } from './data-row.ts';

/** The promise of the front door: in µs, for a warm call. */
const MOST_ADDED_US = 20;

/** The promise of a shared route: in µs, for a warm call. */
const MOST_SHARED_US = 10;

const PLENTY = { rate: 100_000, burst: 100_000 };
const KEY = 'a key of the benchmark';
const SECRET = 'a secret of the benchmark, of thirty-two bytes or more';
const PAGE = 'https://page.example';

const session = { is: 'session', allow: ['ada GET *'] } as const;

/** What is measured, by name; the first one has no rules. */
const KINDS: Readonly<Record<string, RouteRules>> = {
  'no rules': {},
  'one token bucket': { throttle: PLENTY },
  'a key and its plan': { keys: {} },
  'a session and a line of grants': { authorizer: session },
  'a page of another origin': { cors: { origins: [PAGE] } },
  'a cache that has nothing': { cache: {} },
  'a query that fits its schema': {
    validation: { query: { type: 'object', properties: { page: { type: 'string' } } } },
  },
  'a time limit': { timeLimit: { ms: 10_000 } },
  'all of them': {
    throttle: PLENTY,
    keys: {},
    authorizer: session,
    cors: { origins: [PAGE] },
    cache: {},
    validation: { query: { type: 'object', properties: { page: { type: 'string' } } } },
    timeLimit: { ms: 10_000 },
  },
};

const SHARED: Readonly<Record<string, SplitBy>> = {
  'two revisions, by caller': 'caller',
  'two revisions, by call': 'call',
};

/** How much is measured. */
export interface RuleLoad {
  /** Calls of each kind in a round. @default 1000 */
  readonly calls?: number;
  /** @default 101 */
  readonly rounds?: number;
}

/** @throws when a call is not let in */
export async function measureRules({ calls = 1000, rounds = 101 }: RuleLoad = {}): Promise<
  DataRow[]
> {
  const kinds = [...Object.keys(KINDS), ...Object.keys(SHARED)];
  const platform = platformOf(kinds);
  const headers = await headersOfCall();
  const times = new Map(kinds.map((kind) => [kind, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, kind] of kinds.entries()) {
      const request = { method: 'GET', url: `${routeOf(index)}?page=1`, headers, body: null };
      times.get(kind)?.push(await microseconds(platform, request, calls));
    }
  }
  for (const { id } of platform.instances()) platform.kill(id);
  await platform.stop();
  // Other work on the machine can only add to a round.
  const leastOf = (kind: string): number => Math.min(...(times.get(kind) ?? []));
  const withoutUs = leastOf('no rules');
  return kinds.map((what) => ({
    what,
    us: leastOf(what),
    withoutUs,
    mostAddedUs: what === 'no rules' ? null : what in SHARED ? MOST_SHARED_US : MOST_ADDED_US,
  }));
}

async function microseconds(
  platform: Platform,
  request: RequestMessage,
  calls: number,
): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) {
    const { status } = await platform.handle(request);
    if (status !== 200) throw new Error(`Expected ${request.url} to be let in, and got ${status}.`);
  }
  return ((performance.now() - startedAt) * 1000) / calls;
}

function platformOf(kinds: readonly string[]): Platform {
  const log = new EventLog();
  const emit = (event: TraceEvent): void => log.append(event);
  const sha256 = createHash('sha256').update(KEY).digest('hex');
  const rules: DoorRules = {
    plans: { free: PLENTY },
    keys: { ada: { sha256, plan: 'free' } },
    rules: Object.fromEntries(
      kinds.flatMap((kind, index) => {
        const of = KINDS[kind] ?? {};
        return Object.keys(of).length === 0 ? [] : [[routeOf(index), of] as const];
      }),
    ),
  };
  const doors = new RouteDoors(rules, new WebDoorChecks(SECRET));
  return new Platform({
    functions: kinds.flatMap((kind, index) => {
      const one = specOf(routeOf(index));
      return kind in SHARED ? [one, { ...one, revision: 'two' }] : [one];
    }),
    splits: Object.fromEntries(
      kinds.flatMap((kind, index): [string, RouteSplit][] => {
        const by = SHARED[kind];
        return by === undefined ? [] : [[routeOf(index), { by, revisions: HALVES }]];
      }),
    ),
    door: new RuleDoor({ rules: doors, clock: realClock, emit, maxBodyBytes: 1_000_000 }),
    driverFor: () => AT_ONCE,
    policyFor: () => new KeepAlive(),
    clock: realClock,
    newId: liveIds(),
    emit,
    place: 'local',
  });
}

async function headersOfCall(): Promise<[string, string][]> {
  const token = await new SignJWT({ roles: [] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ada')
    .setIssuer('scale-to-zero')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  return [
    ['host', 'localhost:4321'],
    ['user-agent', 'bench'],
    ['accept', '*/*'],
    ['origin', PAGE],
    ['x-api-key', KEY],
    ['cookie', `session=${token}; faas-caller=8p9wkk48dfu9di4gayhn`],
  ];
}

const HALVES = [
  { revision: 'one', weight: 50 },
  { revision: 'two', weight: 50 },
];

function routeOf(index: number): string {
  return `/api/kind-${index}`;
}

function specOf(route: string): FunctionSpec {
  return {
    name: route,
    revision: 'one',
    route,
    file: `${route.slice(1)}.ts`,
    runtime: 'node',
    methods: ['GET'],
    code: '',
    maxDurationS: 10,
    memoryMb: 256,
  };
}

const BODY = new TextEncoder().encode('{"done":true}');

/** Instances that answer at once, so that what is left is the platform's own time. */
const AT_ONCE: Driver = {
  lacks: {},
  missing: () => null,
  start(): Promise<RunningInstance> {
    const { promise: exited, resolve } = Promise.withResolvers<Exit>();
    const end = (): void => resolve({ code: 0, signal: null, asked: true });
    const headers = [['content-type', 'application/json']] as const;
    return Promise.resolve({
      startMs: 0,
      initMs: 0,
      pid: null,
      exited,
      memoryMb: () => null,
      invoke: () =>
        Promise.resolve({
          response: { status: 200, headers, body: BODY },
          report: Promise.resolve({ handlerMs: 0, cpuMs: null, error: null }),
        }),
      stop() {
        end();
        return exited;
      },
      kill: end,
    });
  },
};
