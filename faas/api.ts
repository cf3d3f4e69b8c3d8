/**
 * The HTTP contract of the platform, once: names of headers, URLs of the controls, and the JSON that
 * they take and answer. Callers outside rely on every name here, so a name is added and never
 * changed. Mostly types: a page imports this file too, and instances read it while they start.
 */

import type { FunctionSpec } from './core/function.ts';
import type { Given, OptionTable } from './core/option.ts';
import type { SettledQueue } from './core/queue/queue-plan.ts';
import type { SplitBy } from './core/rules/split.ts';
import type { KpaStatus } from './core/scaling/kpa/status.ts';
import type { PolicyChoice } from './core/scaling/policies.ts';
import type { TraceEvent } from './core/trace/trace.ts';

/** Header names are lower case. A name may come more than once (`set-cookie`). */
export type HeaderList = readonly (readonly [name: string, value: string])[];

// Headers.

/** Every header that only the platform may set begins with this; a function's own are dropped. */
export const HEADER_PREFIX = 'x-faas-';

/** How an answer came about, on the answer itself. */
export const HEADERS = {
  /** Where it ran: a {@link PlaceName}. */
  place: 'x-faas-place',
  /** Id of the call in the trace. */
  request: 'x-faas-request',
  /** Id of the instance; absent when none took the call. */
  instance: 'x-faas-instance',
  /** `1` if this call started the instance, else `0`. */
  cold: 'x-faas-cold',
  /** How many calls the instance has served, this one included. */
  served: 'x-faas-served',
  /** SHA-256 of the function's source file, lower-case hex. */
  code: 'x-faas-code',
} as const;

/** Who calls, as the front door has found out: told to the function, and dropped when they come from outside. */
export const IDENTITY_HEADERS = {
  /** The user, percent-encoded. */
  user: 'x-faas-user',
  /** Their roles, each percent-encoded; a list. */
  roles: 'x-faas-roles',
  /** The holder of the key that the call brought. */
  key: 'x-faas-key',
} as const;

/**
 * Of a call: the tag of the revision that it wants, on a route that several share. Knative's own name for it.
 */
export const TAG_HEADER = 'knative-serving-tag';

/** Cookie that names a caller on such a route, so that each of their calls goes to one revision. */
export const CALLER_COOKIE = 'faas-caller';

/** Between the platform and one of its instances; they reach neither handler nor caller. */
export const PRIVATE_HEADERS = {
  /** Proves to the instance that the platform calls it. */
  token: 'x-faas-token',
  /** Number of the call and its slot in the instance's ledger: `12.0`. */
  call: 'x-faas-call',
} as const;

/** Server Timing (W3C): where the time of a call went. */
export const SERVER_TIMING = 'server-timing';

/** Its parts, each with `dur` in ms; a part that took no time is absent. */
export const TIMINGS = ['queue', 'start', 'init', 'handler'] as const;
export type Timing = (typeof TIMINGS)[number];

/**
 * Beside them, and within `handler`: time that the call waited for its database to start. Absent when
 * that ran.
 */
export const STORE_TIMING = 'store';

/** What `x-faas-place` says. */
export type PlaceName = 'local' | 'tab' | 'cloud';

/** What kind of host a page came from. A plain file server runs nothing. */
export type HostKind = 'local' | 'cloud' | 'static';

/** What {@link PLACE_FILE} holds. */
export interface PlaceFile {
  readonly place: HostKind;
  /**
   * Whether this caller may watch and control the platform: the trace, bursts, policies. Said by our
   * gateway only.
   */
  readonly controls?: boolean;
}

// URLs.

/**
 * The file of the built site, under its base, that says where the site is: the build writes `static`
 * or `cloud`, and the gateway answers the same address with `local`.
 */
export const PLACE_FILE = 'place.json';

/** Every URL that is the platform's own begins with this. */
export const CONTROL_PREFIX = '/_faas/';

export const CONTROLS = {
  /** GET: a list of {@link FunctionEntry}. */
  functions: '/_faas/functions',
  /** GET: a list of {@link InstanceEntry}. */
  instances: '/_faas/instances',
  /** GET: the trace as Server-Sent Events, each event's data one {@link EventEntry}. */
  events: '/_faas/events',
  /** POST a {@link BurstBody}: an {@link BurstAnswer} a line, as they come (NDJSON). */
  burst: '/_faas/burst',
  /** GET: a list of {@link PolicyEntry}. PUT a {@link PolicyBody}. DELETE `?function=`. */
  policies: '/_faas/policies',
  /** GET: a list of {@link FaultEntry}. PUT a {@link FaultsBody}. DELETE `?function=`. */
  faults: '/_faas/faults',
  /** GET: a list of {@link SplitEntry}. PUT a {@link SplitBody}. DELETE `?function=`. */
  revisions: '/_faas/revisions',
  /** GET: a list of {@link ResourceEntry}. */
  resources: '/_faas/resources',
} as const;

/** URLs of what functions are handed, beside the controls. One that ends with a slash is a prefix. */
export const MOUNTS = {
  /** The object store: addresses that are signed, and public ones. */
  objects: '/_objects/',
  /** POST: a statement for the database, in the protocol of Neon's HTTP driver. */
  sql: '/sql',
} as const;

/**
 * Variable of a function that may call others: where it reaches them. Where it is not set, functions are at
 * the origin of the call that they answer.
 */
export const FUNCTIONS_VARIABLE = 'FUNCTIONS_URL';

/** Query of the events, read like the header `Last-Event-ID`; `0`: from the oldest that is kept. */
export const LAST_EVENT_ID = 'lastEventId';

/** Query of the events with `request`: also those of all calls that are of its trace. */
export const WITH_TREE = 'tree';

/** Query of a DELETE: the function that a control is taken back for. All of them without it. */
export const OF_FUNCTION = 'function';

// JSON.

/** An entry of `functions`: a spec, its route under the name that callers know. */
export interface FunctionEntry extends Omit<FunctionSpec, 'route'> {
  /** The URLs that lead to it: `/api/items/[id]`. */
  readonly path: string;
  /** Why it cannot run here, and what to do. Absent when it can. */
  readonly missing?: string;
}

/** Where the build lists the functions for the tab, under the site's base. */
export const TAB_FUNCTIONS = '_tab/functions.json';

/**
 * Where the build puts the texts that each sandbox of the tab is made of, under the site's base. The page
 * of its frame is no page of the site: it is only ever read as text.
 */
export const SANDBOX_FILES = { page: '_tab/sandbox.txt', runtime: '_tab/runtime.js' } as const;

/** Where the build puts the rules of the front door for the tab, under the site's base. */
export const TAB_RULES = '_tab/rules.json';

/**
 * Where the build puts what the tab's database is made of, under the site's base: the module of its worker,
 * the folder of PGlite's files, and a {@link TabDatabaseFacts}.
 */
export const TAB_DATABASE = {
  worker: '_tab/database.js',
  files: '_tab/pglite/',
  facts: '_tab/database.json',
} as const;

/** What a page is told of the tab's database. */
export interface TabDatabaseFacts {
  /** Version of PGlite: another one may not read what this one wrote. */
  readonly pglite: string;
  /** Changes with the worker's code and the migrations. */
  readonly version: string;
  /** Of its files and its worker, not compressed. */
  readonly bytes: number;
  /** In the order in which they are applied. */
  readonly migrations: readonly {
    readonly name: string;
    readonly text: string;
    /** Lower-case hex. */
    readonly sha256: string;
  }[];
}

/** An entry of {@link TAB_FUNCTIONS}: every function of the project. */
export interface TabFunction extends FunctionSpec {
  /** URL of the function as one module, which changes with its content; null when only a server can run it. */
  readonly module: string | null;
  /** Whether rules of the front door stand before it: {@link TAB_RULES}. */
  readonly guarded: boolean;
  /** Whether the project grants it the database. */
  readonly stores: boolean;
  /** Routes of the functions that the project lets it call. */
  readonly calls: readonly string[];
  /** Route of the function that answers other functions' calls of it in a tab that cannot run it. */
  readonly twin: string | null;
  /** The queue whose messages are brought to it; null when none are. */
  readonly queue: SettledQueue | null;
}

/** An entry of `instances`. */
export interface InstanceEntry {
  readonly id: string;
  /** Name of its function. */
  readonly function: string;
  readonly revision: string;
  /** `busy` while it runs calls; `leaving` when it takes no more. */
  readonly state: 'starting' | 'idle' | 'busy' | 'leaving' | 'gone';
  /** When it was asked for, in ms since the Unix epoch. */
  readonly startedAt: number;
  /** When it will be stopped unless a call comes, in ms since the Unix epoch; null when it will not. */
  readonly leavesAt: number | null;
  /** Calls it has taken. */
  readonly served: number;
  /** Private memory in MB (10^6 bytes); null where it cannot be measured. */
  readonly memoryMb: number | null;
  /** Of its operating-system process; null when it is none. */
  readonly pid: number | null;
}

/** An entry of `resources`: something that functions are handed. */
export interface ResourceEntry {
  readonly kind: 'store' | 'objects' | 'queue';
  readonly name: string;
  /** `gone` while it does not run; the next call that needs it starts it. */
  readonly state: 'starting' | 'ready' | 'idle' | 'gone';
  /** Since when it is in this state, in ms since the Unix epoch. */
  readonly since: number;
  /** What else there is to say of it, by name. */
  readonly about: Readonly<Record<string, string | number | null>>;
}

/** What an event of `events` is on the line. */
export type EventEntry = TraceEvent & {
  /** Name of the function that it is about; absent when it is about something else. */
  readonly function?: string;
};

/** How often and how fast a burst may call. */
export const BURST_OPTIONS = {
  times: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 1000,
    meaning: 'how many calls are made',
  },
  everyMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    most: 1000,
    default: 0,
    meaning: 'from one call to the next, whether or not the first is answered',
  },
} as const satisfies OptionTable;

/** What a burst calls, and how often. */
export interface BurstBody extends Given<typeof BURST_OPTIONS> {
  readonly method: string;
  /** Path and query of a function: `/api/counter`. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: string | null;
}

/** What came of one call of a burst. */
export interface BurstAnswer {
  /** When it was asked, in ms since the Unix epoch. */
  readonly at: number;
  /** From asking to the last byte, in ms. */
  readonly totalMs: number;
  readonly status: number;
  readonly headers: HeaderList;
  /** As text; the first million bytes of a larger one. */
  readonly body: string;
  /** Set when the body was larger. */
  readonly cut?: true;
}

/** JSON has no infinity. */
export type CountOrUnlimited = number | 'unlimited';

/** An entry of `policies`. */
export interface PolicyEntry {
  /** Name of its function. */
  readonly function: string;
  readonly revision: string;
  readonly name: PolicyChoice['name'];
  /** Options that were given; every other one has its default. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What follows from them, under the same names for every policy. */
  readonly concurrency: CountOrUnlimited;
  readonly maxInstances: CountOrUnlimited;
  readonly keptInstances: CountOrUnlimited;
  readonly idleTimeoutMs: CountOrUnlimited;
  readonly maxQueued: CountOrUnlimited;
  readonly maxQueueMs: CountOrUnlimited;
  /** What Knative's autoscaler saw and said last; null before its first look, and for the others. */
  readonly status: KpaStatus | null;
}

/** Chooses a policy. */
export interface PolicyBody {
  /** Name of a function; null or absent for all. */
  readonly function?: string | null;
  readonly policy: PolicyChoice;
}

/** An entry of `revisions`: a function whose route several revisions share. */
export interface SplitEntry {
  /** Name of the function. */
  readonly function: string;
  readonly by: SplitBy;
  /** In the order of the file; the function's own is among them. */
  readonly revisions: readonly RevisionEntry[];
}

/** One revision of a shared route. */
export interface RevisionEntry {
  readonly revision: string;
  readonly file: string;
  /** SHA-256 of the file, lower-case hex, as in the header of an answer. */
  readonly code: string;
  /** Percent of the callers, or calls, in force. */
  readonly weight: number;
  /** What a call sends in {@link TAG_HEADER} to get it; null for none. */
  readonly tag: string | null;
  /** Calls answered since this code came, and those of them with a status of 500 or more. */
  readonly calls: number;
  readonly failed: number;
  /** Why it cannot run. Absent when nothing is known against it. */
  readonly broken?: string;
}

/** Moves weights while calls come. Running calls finish where they are. */
export interface SplitBody {
  /** Name of the function. */
  readonly function: string;
  /** @default as it is */
  readonly by?: SplitBy;
  /** Percent by revision; one that is left out gets 0. The sum is 100. */
  readonly weights: Readonly<Record<string, number>>;
}

/** Something that is to go wrong on purpose. Ranges: `FAULT_OPTIONS` of the platform. */
export type Fault =
  /** Each start takes this much longer. */
  | { readonly is: 'slow-start'; readonly ms: number }
  /** An instance never becomes ready. */
  | { readonly is: 'failed-start' }
  /** The instance is killed this long after it was given a call. @default 0 */
  | { readonly is: 'kill'; readonly afterMs?: number }
  /** The handler runs to its end, and its answer never arrives. */
  | { readonly is: 'lost-answer' }
  /** The answer arrives this much later, and its instance is held until then. */
  | { readonly is: 'slow-answer'; readonly ms: number }
  /** A call is turned away before any instance sees it. */
  | { readonly is: 'throttle' }
  /**
   * All instances of the function have this many connections between them, one for each call that
   * runs, and a call that finds none left fails.
   */
  | { readonly is: 'few-connections'; readonly most: number };

export type FaultName = Fault['is'];

/** How often and how long a fault happens. Ranges: `FAULT_BOUNDS` of the platform. */
export interface FaultBounds {
  /** How often it happens. @default 1, or without end if `forMs` is given */
  readonly times?: number;
  /** How long it may happen. @default 600_000 */
  readonly forMs?: number;
}

export type BoundedFault = Fault & FaultBounds;

/** Replaces what was asked for this function before. */
export interface FaultsBody {
  /** Name of a function. */
  readonly function: string;
  readonly faults: readonly BoundedFault[];
}

/** An entry of `faults`. */
export type FaultEntry = Fault & {
  /** Name of its function. */
  readonly function: string;
  /** How often it will still happen; null: as often as there is a chance. */
  readonly left: number | null;
  /** When it ends, in ms since the Unix epoch. */
  readonly endsAt: number;
};
