/** A call at the front door: what the rules see of it, what they need for it, and what they say. */

import type { ProblemCode, ProblemEntry } from '../problem.ts';
import type { CacheRequest, StoredAnswer } from './answer-cache.ts';
import type { Fields } from './fields.ts';
import type { Identity } from './grant-lines.ts';
import type { SchemaDocument, TokenRule } from './route-rules.ts';
import type { RuleName } from './rule-order.ts';

/** A call, as far as the rules look at it. */
export interface DoorCall {
  readonly method: string;
  /** Decoded, without the query: `/api/orders/17`. */
  readonly path: string;
  /** As received, with its `?`, or empty. */
  readonly search: string;
  readonly fields: Fields;
  /** Reads the whole body; null when there is none. Asked for only where a rule is about the body. */
  readBody(): Promise<Uint8Array | null>;
}

/** Who is proved to call, or why nothing proves it. */
export type Proof = { readonly identity: Identity } | { readonly why: string };

/** What the rules cannot do by themselves. Each may reject: the rule is then not available. */
export interface DoorChecks {
  /** SHA-256 of a text, lower-case hex. */
  digest(text: string): Promise<string>;
  /** Reads the cookie of a session. @param now in ms since the Unix epoch */
  session(cookie: string, now: number): Promise<Proof>;
  /** Reads a bearer token. */
  bearer(rule: TokenRule, token: string, now: number): Promise<Proof>;
  /** Returns a function that says what is wrong with a value. */
  schema(document: SchemaDocument): (value: unknown) => readonly ProblemEntry[];
}

/** What one rule has decided about one call. */
export interface RuleDecision {
  readonly rule: RuleName;
  /** `answered`: without the function, from memory or because it was a preflight. */
  readonly outcome: 'passed' | 'refused' | 'answered';
  /** Null unless it was refused. */
  readonly code: ProblemCode | null;
  /** A sentence for the reader. */
  readonly why: string;
}

/** Keeps a call out. */
export interface DoorRefusal {
  readonly is: 'refused';
  readonly rule: RuleName;
  readonly code: ProblemCode;
  /** What was expected, what came, and what to do. */
  readonly detail: string;
  readonly fields: Fields;
  readonly errors?: readonly ProblemEntry[];
}

/** What the rules say of a call. */
export type DoorVerdict =
  | DoorRefusal
  | { readonly is: 'answered'; readonly answer: StoredAnswer }
  | {
      readonly is: 'admitted';
      /** Who calls, for the function: fields that nobody outside can set. */
      readonly identity: Identity | null;
      /** Holder of the key; null without one. */
      readonly holder: string | null;
      /** What its answer is kept by; null without a cache. */
      readonly cached: CacheRequest | null;
      /** For the answer. */
      readonly fields: Fields;
      /** What was read of the body; undefined when no rule is about it. */
      readonly body?: Uint8Array | null;
    };

/** A refusal that a rule throws while it checks. */
export class Refused extends Error {
  readonly refusal: DoorRefusal;

  constructor(refusal: Omit<DoorRefusal, 'is' | 'fields'> & { readonly fields?: Fields }) {
    super(refusal.detail);
    this.refusal = { fields: [], ...refusal, is: 'refused' };
  }
}
