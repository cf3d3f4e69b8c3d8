/** Who calls, and may they: a session's cookie or a bearer token, then grants by line. */

import { allowsOrigin } from './cors.ts';
import { Refused, type DoorCall, type DoorChecks, type Proof } from './door-call.ts';
import { cookieOf, fieldOf, type Fields } from './fields.ts';
import { grants, type Identity } from './grant-lines.ts';
import type { AuthorizerRule, CorsRule } from './route-rules.ts';

/** Name of the cookie that holds a session. */
export const SESSION_COOKIE = 'session';

/** Methods that change nothing, so that a page of another site may cause them (RFC 9110, 9.2.1). */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Most proofs that are remembered. A proof is a signature that need not be checked again. */
const MOST_KNOWN = 1000;

/** Somebody who is let in, and by which line. */
export interface AdmittedCaller {
  readonly identity: Identity;
  readonly by: string;
}

/** The authorizer of one route. */
export class Authorizer {
  readonly #rule: AuthorizerRule;
  readonly #route: string;
  readonly #cors: CorsRule | undefined;
  readonly #checks: DoorChecks;
  /** Identities by what proved them, the oldest first. */
  readonly #known = new Map<string, Identity>();

  constructor(
    rule: AuthorizerRule,
    of: { readonly route: string; readonly cors: CorsRule | undefined },
    checks: DoorChecks,
  ) {
    this.#rule = rule;
    this.#route = of.route;
    this.#cors = of.cors;
    this.#checks = checks;
  }

  /** @throws Refused */
  async admit(call: DoorCall, now: number): Promise<AdmittedCaller> {
    const proof = this.#proofIn(call.fields);
    if (proof === null) throw this.#unproved(null);
    const identity = this.#remembered(proof, now) ?? (await this.#proved(proof, now));
    // A browser adds the cookie to whatever page asks; a token is sent only by a page that has it.
    if (this.#rule.is === 'session') this.#refuseForeign(call);
    const verdict = grants(this.#rule.allow, identity, call);
    if (verdict.isGranted) return { identity, by: verdict.by };
    throw new Refused({
      rule: 'authorizer',
      code: 'not-allowed',
      detail: `${identity.user} is known, and no line grants ${call.method} ${call.path}. The line "${verdict.missing}" under rules["${this.#route}"].authorizer.allow in api/_platform.json would.`,
      fields:
        this.#rule.is === 'bearer'
          ? [['www-authenticate', 'Bearer error="insufficient_scope"']]
          : [],
    });
  }

  #proofIn(fields: Fields): string | null {
    if (this.#rule.is === 'session') return cookieOf(fields, SESSION_COOKIE);
    const [, token] =
      /^bearer +([\w\-.~+/]+=*)$/i.exec(fieldOf(fields, 'authorization') ?? '') ?? [];
    return token ?? null;
  }

  #remembered(proof: string, now: number): Identity | null {
    const identity = this.#known.get(proof);
    if (identity === undefined) return null;
    if (identity.expiresAt > now) return identity;
    this.#known.delete(proof);
    return null;
  }

  async #proved(text: string, now: number): Promise<Identity> {
    const proof = await this.#check(text, now);
    if ('why' in proof) throw this.#unproved(proof.why);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < MOST_KNOWN) break;
      this.#known.delete(oldest);
    }
    this.#known.set(text, proof.identity);
    return proof.identity;
  }

  async #check(text: string, now: number): Promise<Proof> {
    const { is, token } = this.#rule;
    try {
      if (is === 'session') return await this.#checks.session(text, now);
      if (token !== undefined) return await this.#checks.bearer(token, text, now);
    } catch (error) {
      throw new Refused({
        rule: 'authorizer',
        code: 'rule-unavailable',
        detail: `The signature cannot be checked here: ${(error as Error).message}`,
        fields: [['retry-after', '5']],
      });
    }
    throw new RangeError(`The authorizer of ${this.#route} has no "token" to check with.`);
  }

  /** @param why null when nothing was sent */
  #unproved(why: string | null): Refused {
    const { is } = this.#rule;
    const came = why === null ? 'none came' : `the one that came does not count: ${why}`;
    const detail =
      is === 'session'
        ? `Expected the cookie "${SESSION_COOKIE}" of somebody who is signed in, and ${came}. Sign in: POST {"user": "ada"} to /api/session.`
        : `Expected a header "Authorization: Bearer TOKEN", and ${came}. Get a token from ${this.#rule.token?.issuer ?? 'its issuer'}.`;
    const error = why === null ? '' : ' error="invalid_token"';
    const challenge =
      is === 'session' ? `Cookie cookie-name="${SESSION_COOKIE}"` : `Bearer${error}`;
    return new Refused({
      rule: 'authorizer',
      code: 'not-signed-in',
      detail,
      fields: [['www-authenticate', challenge]],
    });
  }

  /** Refuses what a page of another site does in a user's name. */
  #refuseForeign({ method, fields }: DoorCall): void {
    const origin = fieldOf(fields, 'origin');
    if (SAFE_METHODS.has(method) || origin === null) return;
    if (isOfHost(origin, fieldOf(fields, 'host'))) return;
    if (this.#cors?.credentials === true && allowsOrigin(this.#cors, origin)) return;
    throw new Refused({
      rule: 'authorizer',
      code: 'foreign-origin',
      detail: `A page of ${origin} sent this ${method}, and the browser added the user's cookie. Only pages of this site may change something in a user's name, and those that cors.origins names with credentials.`,
    });
  }
}

/** Whether a page of that origin is one of this host. */
function isOfHost(origin: string, host: string | null): boolean {
  return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
