/** Keys of applications: which one a call brings, and what its plan allows. */

import { CallLimit } from './call-limits.ts';
import { Refused, type DoorCall, type DoorChecks } from './door-call.ts';
import { fieldOf } from './fields.ts';
import type { ApiKey, KeyRule, UsagePlan } from './route-rules.ts';

/** The header that brings a key. */
export const KEY_HEADER = 'x-api-key';

/** Longer than any key of ours; what is longer is not hashed. In characters. */
const LONGEST = 256;

/** A key that is known. */
export interface KnownKey {
  readonly holder: string;
  readonly plan: string;
  /** One for all routes: a key has one bucket. */
  readonly limit: CallLimit;
}

/** The keys of one platform. */
export class KeyCheck {
  readonly #byHash: ReadonlyMap<string, KnownKey>;
  /** Hashes of keys that were right, since most callers send the same. */
  readonly #hashes = new Map<string, string>();
  readonly #checks: DoorChecks;

  constructor(
    keys: Readonly<Record<string, ApiKey>>,
    plans: Readonly<Record<string, UsagePlan>>,
    checks: DoorChecks,
  ) {
    this.#checks = checks;
    this.#byHash = new Map(
      Object.entries(keys).flatMap(([holder, { sha256, plan }]) => {
        const of = Object.hasOwn(plans, plan) ? plans[plan] : undefined;
        if (of === undefined) return [];
        return [[sha256, { holder, plan, limit: CallLimit.ofKey(plan, of) }] as const];
      }),
    );
  }

  /** @throws Refused */
  async find({ plans }: KeyRule, { fields }: DoorCall, route: string): Promise<KnownKey> {
    const text = fieldOf(fields, KEY_HEADER);
    const key = text === null || text.length > LONGEST ? null : await this.#of(text);
    if (key === null) {
      const came = text === null ? 'none came' : 'the one that came is unknown';
      throw new Refused({
        rule: 'keys',
        code: 'key-missing',
        detail: `Expected a key in the header ${KEY_HEADER}, and ${came}. Keys and their plans stand under "keys" in api/_platform.json.`,
        fields: [['www-authenticate', `ApiKey header="${KEY_HEADER}"`]],
      });
    }
    if (plans === undefined || plans.includes(key.plan)) return key;
    throw new Refused({
      rule: 'keys',
      code: 'key-refused',
      detail: `The key of ${key.holder} has the plan ${key.plan}, and ${route} is for ${plans.join(', ')}. Use a key of such a plan, or add the plan under rules["${route}"].keys.plans.`,
    });
  }

  async #of(text: string): Promise<KnownKey | null> {
    const hash = this.#hashes.get(text) ?? (await this.#hash(text));
    const known = this.#byHash.get(hash) ?? null;
    if (known !== null) this.#hashes.set(text, hash);
    return known;
  }

  async #hash(text: string): Promise<string> {
    try {
      return await this.#checks.digest(text);
    } catch (error) {
      throw new Refused({
        rule: 'keys',
        code: 'rule-unavailable',
        detail: `The key cannot be checked here: ${(error as Error).message}`,
        fields: [['retry-after', '5']],
      });
    }
  }
}
