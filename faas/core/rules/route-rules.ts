/**
 * What the front door checks before a call reaches a function, as `api/_platform.json` declares it by
 * route. Types only; each kind of rule has a file of its own beside this one.
 */

import type { Given } from '../option.ts';
import type {
  BUCKET_OPTIONS,
  CACHE_OPTIONS,
  CORS_OPTIONS,
  PLAN_OPTIONS,
  TIME_LIMIT_OPTIONS,
} from './rule-options.ts';

/** A JSON Schema, draft 2020-12. */
export type SchemaDocument = boolean | Readonly<Record<string, unknown>>;

/** One bucket for all calls of a route. */
export type Throttle = Given<typeof BUCKET_OPTIONS>;

/** Rate, burst and quota of each key that has this plan. */
export type UsagePlan = Given<typeof PLAN_OPTIONS>;

/** A key that a caller sends to say which application is calling. It is no proof of who calls. */
export interface ApiKey {
  /** SHA-256 of the key, lower-case hex: the key itself stands in no file. */
  readonly sha256: string;
  /** Name of its usage plan. */
  readonly plan: string;
}

/** A route that wants a key. */
export interface KeyRule {
  /** Plans whose keys are accepted. @default all */
  readonly plans?: readonly string[];
}

/** Public keys, and what a token must say (RFC 7519, RFC 8725 section 3). */
export interface TokenRule {
  /** Who must have made it: the claim `iss`. */
  readonly issuer: string;
  /** For whom it must be made: the claim `aud`. */
  readonly audience: string;
  /** Algorithms that are accepted, whatever the token's own head says. */
  readonly algorithms: readonly string[];
  /** The issuer's public keys, a JSON Web Key Set (RFC 7517). */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}

/** Who calls, and what each of them may do. */
export interface AuthorizerRule {
  /** `session`: a signed cookie. `bearer`: a token in the header `Authorization`. */
  readonly is: 'session' | 'bearer';
  /** For `bearer`. */
  readonly token?: TokenRule;
  /**
   * Grants, one a line: who, which methods, and which path: `ada GET,PUT /api/orders/17`. Who is a
   * user, `role:NAME`, or `*` for anyone who is known; methods and path may be `*` or end with it.
   * @default one line that lets everyone in who is known
   */
  readonly allow?: readonly string[];
}

/** Which pages of other origins may call, by the Fetch Standard. */
export interface CorsRule extends Given<typeof CORS_OPTIONS> {
  /** Origins such as `https://example.org`, or `*` for every one. */
  readonly origins: readonly string[];
  /** Methods beyond GET, HEAD and POST that they may use. @default none */
  readonly methods?: readonly string[];
  /** Request headers beyond the safelisted ones that they may send. @default none */
  readonly headers?: readonly string[];
  /** Answer headers beyond the safelisted ones that they may read. @default none */
  readonly exposed?: readonly string[];
}

/** What the door may answer from memory, by RFC 9111, and what tells two answers apart. */
export interface CacheRule extends Given<typeof CACHE_OPTIONS> {
  /** Parameters of the query that are part of the key. @default all of them */
  readonly query?: readonly string[];
  /** Request headers that are part of the key, beside those that the answer names in `Vary`. @default none */
  readonly headers?: readonly string[];
  /** Cookies that are part of the key. @default none */
  readonly cookies?: readonly string[];
  /** Whether the caller that the authorizer found is part of the key. @default true */
  readonly user?: boolean;
}

/** What a call must look like. */
export interface ValidationRule {
  /** Schema of a JSON body. */
  readonly body?: SchemaDocument;
  /** Schema of the query, an object of texts. */
  readonly query?: SchemaDocument;
}

/** The rules of one route. A kind that is absent checks nothing. */
export interface RouteRules {
  readonly cors?: CorsRule;
  readonly keys?: KeyRule;
  readonly throttle?: Throttle;
  readonly authorizer?: AuthorizerRule;
  readonly validation?: ValidationRule;
  readonly cache?: CacheRule;
  readonly timeLimit?: Given<typeof TIME_LIMIT_OPTIONS>;
}

/** Everything that the front door goes by. */
export interface DoorRules {
  /** Usage plans by name. */
  readonly plans: Readonly<Record<string, UsagePlan>>;
  /** Keys by the name of their holder. */
  readonly keys: Readonly<Record<string, ApiKey>>;
  /** By route: `/api/orders/[id]`. */
  readonly rules: Readonly<Record<string, RouteRules>>;
}
