/**
 * The front door in a platform: checks calls of routes that have rules before their pool sees them,
 * emits what was decided, and completes the answers. Routes without rules never get here.
 */

import { HEADER_PREFIX, IDENTITY_HEADERS, type HeaderList } from '../api.ts';
import type { DoorCall, RuleDecision, DoorVerdict } from '../core/rules/door-call.ts';
import type { RouteDoors, RouteDoor } from '../core/rules/front-door.ts';
import type { Clock } from '../core/time/clock.ts';
import type { Span } from '../core/trace/span.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { discard } from '../drivers/body.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';
import type { Host } from './host.ts';

/** A call that has found its function, and has not been given to it. */
export interface GuardedCall {
  readonly host: Host;
  /** As the function would receive it. */
  readonly message: RequestMessage;
  readonly named: { readonly id: string; readonly span: Span };
  /** Decoded, without the query. */
  readonly path: string;
  /** As received, without dynamic segments. */
  readonly search: string;
  readonly signal: AbortSignal | undefined;
}

/** What stands before the functions of a platform. */
export interface Door {
  /** Whether calls of this route are checked. */
  guards(route: string): boolean;
  /** Answers a call of a route that is guarded. Never rejects. */
  handle(call: GuardedCall): Promise<ResponseMessage>;
  /** Answers a preflight; null where no rule is about other origins. */
  preflight(call: GuardedCall): Promise<ResponseMessage | null>;
}

/** What a door needs of its platform. */
export interface RuleDoorOptions {
  readonly rules: RouteDoors;
  readonly clock: Clock;
  readonly emit?: (event: TraceEvent) => void;
  /** Largest body that a rule reads, in bytes. */
  readonly maxBodyBytes: number;
}

/** The door that goes by the rules of `api/_platform.json`. */
export class RuleDoor implements Door {
  readonly #options: RuleDoorOptions;

  constructor(options: RuleDoorOptions) {
    this.#options = options;
  }

  guards(route: string): boolean {
    return this.#options.rules.at(route) !== null;
  }

  async handle(call: GuardedCall): Promise<ResponseMessage> {
    const route = this.#options.rules.at(call.host.spec.route);
    // The rules may have gone since they were asked for.
    if (route === null) return call.host.handle(call.message, call.named, call.signal);
    const seen = doorCall(call, this.#options.maxBodyBytes);
    let verdict: DoorVerdict;
    try {
      verdict = await route.enter(seen, this.#now, (decision) => this.#tell(call, decision));
    } catch (error) {
      return this.#left(route, seen, unreadable(call, error), null);
    }
    if (verdict.is === 'answered') {
      const { status, fields, body } = verdict.answer;
      const answer = call.host.answerItself({ status, headers: fields, body }, call.named.id);
      return this.#left(route, seen, answer, null);
    }
    if (verdict.is === 'refused') {
      const { code, detail, fields: headers, errors } = verdict;
      const failure = { code, detail, headers, ...(errors !== undefined && { errors }) };
      return this.#left(route, seen, call.host.turnAway(call.message, call.named, failure), null);
    }
    return this.#left(route, seen, await this.#admit(call, verdict, route), verdict);
  }

  async preflight(call: GuardedCall): Promise<ResponseMessage | null> {
    const route = this.#options.rules.at(call.host.spec.route);
    const { method, headers: fields } = call.message;
    return route?.answersPreflight({ method, fields }) === true ? this.handle(call) : null;
  }

  get #now(): number {
    return this.#options.clock.now();
  }

  /** Calls the function, for as long as the door waits. */
  #admit(
    call: GuardedCall,
    { identity, holder, body }: Extract<DoorVerdict, { is: 'admitted' }>,
    { rules }: RouteDoor,
  ): Promise<ResponseMessage> {
    const { message, host, named, signal } = call;
    const known: [string, string][] = [];
    if (identity !== null) {
      known.push([IDENTITY_HEADERS.user, asHeader(identity.user)]);
      known.push([IDENTITY_HEADERS.roles, identity.roles.map(asHeader).join(', ')]);
    }
    if (holder !== null) known.push([IDENTITY_HEADERS.key, asHeader(holder)]);
    const headers = known.length === 0 ? message.headers : [...message.headers, ...known];
    const given = { ...message, headers, ...(body !== undefined && { body }) };
    const answered = host.handle(given, named, signal);
    return rules.timeLimit === undefined
      ? answered
      : this.#inTime(call, answered, rules.timeLimit.ms);
  }

  /** The call goes on when its time is over: it may still do what it was to do, and nobody hears of it. */
  #inTime(
    call: GuardedCall,
    answered: Promise<ResponseMessage>,
    ms: number,
  ): Promise<ResponseMessage> {
    const { host, named } = call;
    const { promise, resolve } = Promise.withResolvers<ResponseMessage>();
    let isLate = false;
    const cancel = this.#options.clock.after(ms, () => {
      isLate = true;
      const detail = `The front door waits ${ms} ms for ${host.spec.name}. The call goes on behind it, and nobody knows yet whether it will do what it was to do: look before you call again, or call so that twice does no harm.`;
      this.#tell(call, {
        rule: 'timeLimit',
        outcome: 'refused',
        code: 'door-timed-out',
        why: detail,
      });
      resolve(host.problem({ code: 'door-timed-out', detail }, named.id));
    });
    void answered.then((answer) => {
      cancel();
      if (isLate) void discard(answer.body);
      else resolve(answer);
    });
    return promise;
  }

  /** @param verdict null for an answer of the door itself */
  #left(
    route: RouteDoor,
    seen: DoorCall,
    { status, headers, body }: ResponseMessage,
    verdict: Extract<DoorVerdict, { is: 'admitted' }> | null,
  ): ResponseMessage {
    const { cache, cors } = route.rules;
    const added = verdict?.fields ?? [];
    // No rule looks at the answer.
    if (cache === undefined && cors === undefined) {
      return added.length === 0
        ? { status, headers, body }
        : { status, headers: [...headers, ...added], body };
    }
    // What tells of this one call is not kept for others.
    const ours = headers.filter(([name]) => name.startsWith(HEADER_PREFIX));
    const fields = headers.filter(([name]) => !name.startsWith(HEADER_PREFIX));
    const left = route.leave(seen, { status, fields, body }, verdict, this.#now);
    return { status, headers: [...left, ...ours], body };
  }

  #tell({ host, named }: GuardedCall, { rule, outcome, code, why }: RuleDecision): void {
    this.#options.emit?.({
      type: `rule.${outcome}`,
      at: this.#now,
      subject: { kind: 'rule', name: rule },
      request: named.id,
      ...named.span,
      route: host.spec.route,
      code,
      why,
    });
  }
}

/** The headers without those that only the platform may set: nobody outside can say who calls. */
export function withoutIdentity(headers: HeaderList): HeaderList {
  return headers.some(([name]) => name.startsWith(HEADER_PREFIX))
    ? headers.filter(([name]) => !name.startsWith(HEADER_PREFIX))
    : headers;
}

class BodyTooLarge extends Error {}

function doorCall({ message, path, search }: GuardedCall, maxBodyBytes: number): DoorCall {
  const { method, headers: fields, body } = message;
  return { method, path, search, fields, readBody: () => wholeBody(body, maxBodyBytes) };
}

async function wholeBody(
  body: RequestMessage['body'],
  maxBytes: number,
): Promise<Uint8Array | null> {
  if (body === null) return null;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    bytes += part.byteLength;
    if (bytes > maxBytes) {
      throw new BodyTooLarge(
        `A request body may have ${maxBytes} bytes, and more came. Send less at once.`,
      );
    }
    parts.push(part);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function unreadable({ host, message, named }: GuardedCall, error: unknown): ResponseMessage {
  return error instanceof BodyTooLarge
    ? host.turnAway(message, named, { code: 'body-too-large', found: error.message })
    : host.turnAway(message, named, { code: 'client-closed' });
}

/** A name may have any letters, a header only some (RFC 9110, 5.5). */
function asHeader(text: string): string {
  return encodeURIComponent(text);
}
