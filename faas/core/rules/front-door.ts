/**
 * The front door: checks a call by the rules of its route, in the order of `RULE_ORDER`, before any
 * instance is asked for. Time comes in with each call, and what needs a key or a schema is handed in, so
 * that it decides alike on a server, in a page and in a test.
 */

import { AnswerCache, type CacheRequest, type StoredAnswer } from './answer-cache.ts';
import { Authorizer } from './authorizer.ts';
import { cacheKey } from './cache-key.ts';
import { CallLimit, takeFromAll } from './call-limits.ts';
import { hasItAlready } from './conditional.ts';
import { allowsOrigin, answerPreflight, isPreflight, withCors } from './cors.ts';
import { directivesOf } from './cache-control.ts';
import {
  Refused,
  type RuleDecision,
  type DoorCall,
  type DoorChecks,
  type DoorVerdict,
} from './door-call.ts';
import { fieldOf, type Fields } from './fields.ts';
import type { Identity } from './grant-lines.ts';
import { KeyCheck } from './key-check.ts';
import type { DoorRules, RouteRules } from './route-rules.ts';
import type { RuleName } from './rule-order.ts';
import { Validation } from './validation.ts';

/** Receives each decision as it is made. */
export type OnDecision = (decision: RuleDecision) => void;

/** What the door says of itself in `Cache-Status` (RFC 9211). */
const CACHE_NAME = 'front-door';

const NOT_CACHED = { is: 'forward', fields: [] as Fields } as const;

/** All routes that have rules. */
export class RouteDoors {
  readonly #checks: DoorChecks;
  readonly #cache: AnswerCache;
  #routes = new Map<string, { readonly rules: string; readonly door: RouteDoor }>();
  #keys: { readonly rules: string; readonly check: KeyCheck } | null = null;

  constructor(rules: DoorRules, checks: DoorChecks, cache = new AnswerCache()) {
    this.#checks = checks;
    this.#cache = cache;
    this.update(rules);
  }

  /** Null when nothing is checked on that route. */
  at(route: string): RouteDoor | null {
    return this.#routes.get(route)?.door ?? null;
  }

  /** Takes new rules. What has not changed keeps its tokens; stored answers are forgotten. */
  update({ plans, keys, rules }: DoorRules): void {
    const ofKeys = JSON.stringify([plans, keys]);
    const check =
      this.#keys?.rules === ofKeys ? this.#keys.check : new KeyCheck(keys, plans, this.#checks);
    this.#keys = { rules: ofKeys, check };
    const routes = Object.entries(rules).map(([route, of]) => {
      const text = JSON.stringify([of, of.keys && ofKeys]);
      const old = this.#routes.get(route);
      if (old?.rules === text) return [route, old] as const;
      const shared = { keys: check, cache: this.#cache, checks: this.#checks };
      return [route, { rules: text, door: new RouteDoor(route, of, shared) }] as const;
    });
    this.#routes = new Map(routes);
    this.#cache.forget();
  }
}

/** What the routes of one door have in common. */
interface Shared {
  readonly keys: KeyCheck;
  readonly cache: AnswerCache;
  readonly checks: DoorChecks;
}

/** The checks before one route. */
export class RouteDoor {
  readonly rules: RouteRules;
  readonly #route: string;
  readonly #keys: KeyCheck;
  readonly #cache: AnswerCache;
  readonly #limit: CallLimit | null;
  readonly #authorizer: Authorizer | null;
  readonly #validation: Validation | null;

  constructor(route: string, rules: RouteRules, { keys, cache, checks }: Shared) {
    const { throttle, authorizer, validation, cors } = rules;
    this.rules = rules;
    this.#route = route;
    this.#keys = keys;
    this.#cache = cache;
    this.#limit = throttle === undefined ? null : CallLimit.ofRoute(throttle);
    this.#authorizer =
      authorizer === undefined ? null : new Authorizer(authorizer, { route, cors }, checks);
    this.#validation = validation === undefined ? null : new Validation(validation, checks);
  }

  /** Whether it answers this call itself, even where the function does not take the method. */
  answersPreflight({ method, fields }: Pick<DoorCall, 'method' | 'fields'>): boolean {
    return this.rules.cors !== undefined && isPreflight(method, fields);
  }

  /**
   * Checks a call. It never rejects, unless the body breaks off.
   *
   * @param now in ms since the Unix epoch
   */
  async enter(call: DoorCall, now: number, decided: OnDecision): Promise<DoorVerdict> {
    let at: RuleName = 'cors';
    const pass = (rule: RuleName, why: string): void =>
      decided({ rule, outcome: 'passed', code: null, why });
    try {
      if (this.answersPreflight(call)) return this.#preflight(call, decided);
      if (this.rules.cors !== undefined) this.#seeOrigin(call, pass);
      at = 'keys';
      const key =
        this.rules.keys === undefined
          ? null
          : await this.#keys.find(this.rules.keys, call, this.#route);
      if (key !== null) pass('keys', `The key of ${key.holder}, with the plan ${key.plan}.`);
      at = 'throttle';
      const fields = this.#throttle(key?.limit ?? null, now, pass);
      at = 'authorizer';
      const admission = this.#authorizer === null ? null : await this.#authorizer.admit(call, now);
      if (admission !== null) {
        const { identity, by } = admission;
        pass('authorizer', `${identity.user}, by the line "${by}".${this.#plainly(call)}`);
      }
      const identity = admission?.identity ?? null;
      at = 'validation';
      const checked = this.#validation === null ? {} : await this.#validation.check(call);
      if (this.#validation !== null) pass('validation', 'It has the form that is asked for.');
      at = 'cache';
      const cached = this.#cacheRequest(call, identity);
      const known = cached === null ? NOT_CACHED : this.#lookup(call, cached, now, decided);
      if (known.is === 'hit') {
        const { status, fields: own, body } = known.answer;
        return { is: 'answered', answer: { status, body, fields: [...own, ...fields] } };
      }
      const holder = key?.holder ?? null;
      const added = known.fields.length === 0 ? fields : [...fields, ...known.fields];
      return { is: 'admitted', identity, holder, cached, fields: added, ...checked };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, detail } = error.refusal;
      decided({ rule: at, outcome: 'refused', code, why: detail });
      return error.refusal;
    }
  }

  /**
   * Completes an answer: with the fields that the rules add, and kept in the cache where it may be.
   *
   * @param verdict null for an answer of the door itself
   */
  leave(
    call: DoorCall,
    answer: { readonly status: number; readonly fields: Fields; readonly body: unknown },
    verdict: Extract<DoorVerdict, { is: 'admitted' }> | null,
    now: number,
  ): Fields {
    // The answer to a preflight says all that there is to say.
    if (this.answersPreflight(call)) return answer.fields;
    const stored = verdict === null ? null : this.#store(verdict.cached, answer, now);
    const added = verdict?.fields ?? [];
    const told =
      stored === null
        ? added
        : added.map(([name, value]) =>
            name === 'cache-status'
              ? ([name, `${value}; stored`] as const)
              : ([name, value] as const),
          );
    const fields = [...answer.fields, ...told];
    return this.rules.cors === undefined ? fields : withCors(this.rules.cors, call.fields, fields);
  }

  /** A cookie that came without https is one that anybody on the way can read. */
  #plainly({ fields }: DoorCall): string {
    const isSession = this.rules.authorizer?.is === 'session';
    if (!isSession || fieldOf(fields, 'x-forwarded-proto') === 'https') return '';
    return ' The cookie is not Secure, since it came over plain http.';
  }

  #preflight(call: DoorCall, decided: OnDecision): DoorVerdict {
    const { cors } = this.rules;
    if (cors === undefined) throw new RangeError(`${this.#route} has no rule cors`);
    const answer = answerPreflight(cors, call.fields);
    if (!answer.isAllowed) {
      const detail = `A browser asked before a call of another origin. ${answer.why} What may be stands under rules["${this.#route}"].cors in api/_platform.json.`;
      throw new Refused({ rule: 'cors', code: 'origin-refused', detail, fields: answer.fields });
    }
    const why = `A preflight of ${fieldOf(call.fields, 'origin') ?? ''}: answered without the function.`;
    decided({ rule: 'cors', outcome: 'answered', code: null, why });
    return { is: 'answered', answer: { status: 204, fields: answer.fields, body: null } };
  }

  #seeOrigin({ fields }: DoorCall, pass: (rule: RuleName, why: string) => void): void {
    const origin = fieldOf(fields, 'origin');
    if (origin === null) return;
    const { cors } = this.rules;
    const mayRead = cors !== undefined && allowsOrigin(cors, origin);
    pass(
      'cors',
      mayRead
        ? `Pages of ${origin} may read the answer.`
        : `The call goes on, and a browser will not show the answer to a page of ${origin}, unless it is of this site.`,
    );
  }

  #throttle(
    ofKey: CallLimit | null,
    now: number,
    pass: (rule: RuleName, why: string) => void,
  ): Fields {
    const limits = [...(ofKey?.parts ?? []), ...(this.#limit?.parts ?? [])];
    if (limits.length === 0) return [];
    const { refusal, fields, left } = takeFromAll(limits, now);
    if (refusal === null) {
      pass('throttle', `A token was there; left: ${left}.`);
      return fields;
    }
    const { code, of, retryAfterS } = refusal;
    throw new Refused({
      rule: 'throttle',
      code,
      detail:
        code === 'quota-used-up'
          ? `All calls of ${of} in this period are used up. The next period begins in ${retryAfterS} s.`
          : `No token is left in the bucket of ${of}. Call again after ${retryAfterS} s, and less often.`,
      fields: [['retry-after', String(retryAfterS)], ...fields],
    });
  }

  #lookup(
    call: DoorCall,
    request: CacheRequest,
    now: number,
    decided: OnDecision,
  ): { is: 'hit'; answer: StoredAnswer } | { is: 'forward'; fields: Fields } {
    const found = this.#cache.lookup(request, now);
    if (found.is === 'hit') {
      const { answer, ageS, ttlS } = found;
      const fields: Fields = [
        ...answer.fields,
        ['age', String(ageS)],
        ['cache-status', `${CACHE_NAME}; hit; ttl=${ttlS}`],
      ];
      const why = `From memory, ${ageS} s old: the function was not asked.`;
      decided({ rule: 'cache', outcome: 'answered', code: null, why });
      if (hasItAlready(call.fields, answer.fields)) {
        return { is: 'hit', answer: { status: 304, fields, body: null } };
      }
      return { is: 'hit', answer: { status: answer.status, fields, body: answer.body } };
    }
    if (directivesOf(call.fields).has('only-if-cached')) {
      throw new Refused({
        rule: 'cache',
        code: 'not-in-cache',
        detail:
          'The call asked for a stored answer only, and there is none that is fresh. Leave out "only-if-cached".',
      });
    }
    const { because } = found;
    const why =
      because === 'method'
        ? `${call.method} is not answered from memory.`
        : 'No stored answer may be used: the function is asked.';
    decided({ rule: 'cache', outcome: 'passed', code: null, why });
    return { is: 'forward', fields: [['cache-status', `${CACHE_NAME}; fwd=${because}`]] };
  }

  #store(
    request: CacheRequest | null,
    {
      status,
      fields,
      body,
    }: { readonly status: number; readonly fields: Fields; readonly body: unknown },
    now: number,
  ): number | null {
    // An answer that comes in parts is passed on, and not kept.
    if (request === null || !(body === null || body instanceof Uint8Array)) return null;
    const answer = { status, fields, body };
    return this.#cache.store(request, answer, now, this.rules.cache?.ttlS ?? null);
  }

  #cacheRequest(call: DoorCall, identity: Identity | null): CacheRequest | null {
    const { cache } = this.rules;
    if (cache === undefined) return null;
    const { method, path, fields } = call;
    const key = cacheKey(cache, { ...call, user: identity?.user ?? null });
    return { method, key, path, fields };
  }
}
