/**
 * Calls of pages of another origin, by the CORS protocol of the Fetch Standard
 * (https://fetch.spec.whatwg.org/#http-cors-protocol). The door answers preflights itself. It does not
 * keep a call out: that is the browser's doing, which asks beforehand or withholds the answer.
 */

import { fieldOf, membersOf, without, withVary, type Fields } from './fields.ts';
import { CORS_OPTIONS } from './rule-options.ts';
import type { CorsRule } from './route-rules.ts';

/** Methods that need no permission: those of a form and of a link. */
const SAFELISTED_METHODS = ['GET', 'HEAD', 'POST'];

/** What a preflight is answered. */
export type PreflightAnswer =
  | { readonly isAllowed: true; readonly fields: Fields }
  /** `why` says what was asked for and what may be. */
  | { readonly isAllowed: false; readonly fields: Fields; readonly why: string };

/** Whether a browser asks beforehand: OPTIONS with an origin and the method that is to come. */
export function isPreflight(method: string, fields: Fields): boolean {
  return (
    method === 'OPTIONS' &&
    fieldOf(fields, 'origin') !== null &&
    fieldOf(fields, 'access-control-request-method') !== null
  );
}

/** @param fields of a request for which {@link isPreflight} holds */
export function answerPreflight(rule: CorsRule, fields: Fields): PreflightAnswer {
  const origin = fieldOf(fields, 'origin') ?? '';
  const method = fieldOf(fields, 'access-control-request-method') ?? '';
  const asked = membersOf(fieldOf(fields, 'access-control-request-headers'));
  const vary: Fields = [
    ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
  ];
  if (!allowsOrigin(rule, origin)) {
    return { isAllowed: false, fields: vary, why: originRefusal(rule, origin) };
  }
  const { methods = [], headers = [], maxAgeS = CORS_OPTIONS.maxAgeS.default } = rule;
  const shared: Fields = [...originFields(rule, origin), ...vary];
  // Methods are told apart by case, names of headers are not.
  if (![...SAFELISTED_METHODS, ...methods].some((each) => isCovered(rule, each, method))) {
    const known = [...SAFELISTED_METHODS, ...methods].join(', ');
    return { isAllowed: false, fields: shared, why: `It may use ${known}, not ${method}.` };
  }
  const refused = asked.find((name) => !allowsHeader(rule, headers, name.toLowerCase()));
  if (refused !== undefined) {
    const known = headers.length === 0 ? 'no headers of its own' : headers.join(', ');
    return { isAllowed: false, fields: shared, why: `It may send ${known}, not ${refused}.` };
  }
  return {
    isAllowed: true,
    fields: [
      ...shared,
      ['access-control-allow-methods', [...SAFELISTED_METHODS, ...methods].join(', ')],
      ...(headers.length === 0
        ? []
        : [['access-control-allow-headers', headers.join(', ')] as const]),
      ['access-control-max-age', String(maxAgeS)],
    ],
  };
}

/**
 * The answer to a call of another origin's page: with the door's own fields, and without those that the
 * function set, since two answers about one thing would be none.
 */
export function withCors(rule: CorsRule, request: Fields, answer: Fields): Fields {
  const origin = fieldOf(request, 'origin');
  const own = without(answer, (name) => name.startsWith('access-control-'));
  // Also without an origin: a cache must not give that answer to a page that has one.
  const varied = isForAll(rule) ? own : withVary(own, ['Origin']);
  if (origin === null || !allowsOrigin(rule, origin)) return varied;
  const { exposed = [] } = rule;
  const readable: Fields =
    exposed.length === 0 ? [] : [['access-control-expose-headers', exposed.join(', ')]];
  return [...varied, ...originFields(rule, origin), ...readable];
}

/** Whether pages of this origin may read answers. `null` is no origin that could be trusted. */
export function allowsOrigin({ origins }: CorsRule, origin: string): boolean {
  return origins.includes('*') || (origin !== 'null' && origins.includes(origin));
}

function originFields(rule: CorsRule, origin: string): Fields {
  if (isForAll(rule)) return [['access-control-allow-origin', '*']];
  return [
    ['access-control-allow-origin', origin],
    ...(rule.credentials === true ? [['access-control-allow-credentials', 'true'] as const] : []),
  ];
}

function isForAll({ origins }: CorsRule): boolean {
  return origins.includes('*');
}

/** `*` means every one, but for pages that send credentials, where it is a name like others. */
function isCovered({ credentials }: CorsRule, listed: string, asked: string): boolean {
  return listed === asked || (listed === '*' && credentials !== true);
}

/** `*` never means `Authorization`, which must be named. */
function allowsHeader(rule: CorsRule, listed: readonly string[], asked: string): boolean {
  return listed.some(
    (each) =>
      each.toLowerCase() === asked || (asked !== 'authorization' && isCovered(rule, each, asked)),
  );
}

function originRefusal({ origins }: CorsRule, origin: string): string {
  return `Pages of ${origins.join(', ')} may call, not those of ${origin}.`;
}
