/** What a call must look like: a JSON body and a query that fit their schemas. */

import type { ProblemEntry } from '../problem.ts';
import { Refused, type DoorCall, type DoorChecks } from './door-call.ts';
import { fieldOf } from './fields.ts';
import type { ValidationRule } from './route-rules.ts';

/** Methods whose body means something (RFC 9110, 9.3). */
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

/** `application/json`, `application/merge-patch+json; charset=utf-8` (RFC 6839). */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

type Check = (value: unknown) => readonly ProblemEntry[];

/** The validation of one route. */
export class Validation {
  readonly #body: Check | null;
  readonly #query: Check | null;

  /** @throws when a schema is none */
  constructor({ body, query }: ValidationRule, checks: DoorChecks) {
    this.#body = body === undefined ? null : checks.schema(body);
    this.#query = query === undefined ? null : checks.schema(query);
  }

  /**
   * @returns the body, where it was read
   * @throws Refused
   */
  async check(call: DoorCall): Promise<{ readonly body?: Uint8Array | null }> {
    const { method, search, fields } = call;
    if (this.#query !== null) refuseUnfit('query', this.#query(queryOf(search)));
    if (this.#body === null || !WITH_BODY.has(method)) return {};
    const type = fieldOf(fields, 'content-type');
    if (type === null || !JSON_TYPE.test(type)) {
      throw new Refused({
        rule: 'validation',
        code: 'unsupported-type',
        detail: `Expected a body of the type application/json, and ${type === null ? 'no type was given' : `"${type}" came`}. Send the header Content-Type: application/json.`,
        // RFC 9110, 12.5.1: what would be taken.
        fields: [['accept', 'application/json']],
      });
    }
    const body = await call.readBody();
    refuseUnfit('body', this.#body(parsed(body)));
    return { body };
  }
}

function parsed(body: Uint8Array | null): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array());
    return JSON.parse(text);
  } catch (error) {
    throw new Refused({
      rule: 'validation',
      code: 'invalid-request',
      detail: `Expected JSON in UTF-8 as the body: ${(error as Error).message}.`,
    });
  }
}

function refuseUnfit(part: 'body' | 'query', errors: readonly ProblemEntry[]): void {
  const [first] = errors;
  if (first === undefined) return;
  const others = errors.length === 1 ? '' : ` ${errors.length - 1} more under "errors".`;
  throw new Refused({
    rule: 'validation',
    code: 'invalid-request',
    detail: `The ${part} does not fit: ${first.pointer} ${first.detail}${others}`,
    errors,
  });
}

/** Each name once: its text, or a list of texts where it comes more than once. */
function queryOf(search: string): Readonly<Record<string, string | string[]>> {
  const given = new URLSearchParams(search);
  const names = [...new Set(given.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = given.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
