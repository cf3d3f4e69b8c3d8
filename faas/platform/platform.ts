/** Serves all functions of one place: routes a URL to a revision, each of which has its own host. */

import {
  CONTROLS,
  HEADERS,
  TAG_HEADER,
  type FaultName,
  type HeaderList,
  type InstanceEntry,
} from '../api.ts';
import type { Span } from '../core/trace/span.ts';
import { revisionKey, type FunctionSpec } from '../core/function.ts';
import type { RouteSplits } from '../core/rules/split.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import { problem } from '../core/problem.ts';
import { searchWith } from './router.ts';
import { callerOf, CallCounts, rememberCaller, tagOf } from './shared-calls.ts';
import { Routes, type Miss } from './routes.ts';
import { problemResponse } from '../drivers/failure.ts';
import { continueTrace } from './continued-trace.ts';
import { withoutIdentity, type Door } from './door.ts';
import { Faults } from './faults.ts';
import { FaultyDriver, whyNoFault } from './faulty-driver.ts';
import { Host } from './host.ts';
import type { HostOptions } from './host-options.ts';
import { NestedCalls, type WhyNoCall } from './nested-calls.ts';
import type { Driver, RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

/** What a platform is made with. */
export interface PlatformOptions extends HostOptions {
  /** Every revision of every function. */
  readonly functions: readonly FunctionSpec[];
  /** How routes with more than one revision are shared. @default one revision a route */
  readonly splits?: RouteSplits;
  /** Random numbers in [0, 1), to choose among revisions and to name callers. @default Math.random */
  readonly random?: () => number;
  /** Checks calls before their pool sees them. @default none */
  readonly door?: Door;
  /** Whether a function may call another. @default each may call all */
  readonly whyNoCall?: WhyNoCall;
  /**
   * Name of the function that answers other functions' calls of this one where this one cannot run; null
   * for none. @default none
   */
  readonly twinOf?: (spec: FunctionSpec) => string | null;
  readonly driverFor: (spec: FunctionSpec) => Driver;
  /** Must return a new policy for each call, since a policy may keep averages. */
  readonly policyFor: (spec: FunctionSpec) => ScalingPolicy;
}

/** Serves calls to a set of functions. */
export class Platform {
  /** Fault injection; no fault is in force at first. */
  readonly faults: Faults;
  readonly #options: PlatformOptions;
  /** By name and revision. */
  readonly #hosts = new Map<string, Host>();
  /** Hosts of changed or removed revisions, until their last instance is gone. */
  readonly #leaving = new Set<Host>();
  readonly #nested: NestedCalls;
  readonly #counts = new CallCounts();
  #routes: Routes;
  #functions: readonly FunctionSpec[];
  #begun = false;
  #stopping = false;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.faults = new Faults(options.clock, (name, is) => this.#whyNoFault(name, is));
    this.#nested = new NestedCalls(options.whyNoCall);
    this.#functions = options.functions;
    this.#routes = new Routes(options.functions, options.splits);
    for (const spec of options.functions) this.#add(spec);
  }

  get functions(): readonly FunctionSpec[] {
    return this.#functions;
  }

  /**
   * Answers a call. Never rejects: a failure is answered with a problem document.
   * @param signal aborts when the caller has left
   */
  async handle(request: RequestMessage, signal?: AbortSignal): Promise<ResponseMessage> {
    const { method, url } = request;
    const at = url.indexOf('?');
    const [pathname, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
    const id = this.#options.newId('request');
    const { random = Math.random, door } = this.#options;
    let caller = '';
    let isNew = false;
    const found = this.#routes.destination(method, pathname, {
      tag: () => tagOf(request.headers),
      caller: () => {
        ({ caller, isNew } = callerOf(request.headers, random));
        return caller;
      },
      draw: random,
    });
    if ('code' in found) return this.#missed(found, request, { id, pathname, search, signal });
    const { spec, params, by } = found;
    const asked = this.#hosts.get(revisionKey(spec));
    if (asked === undefined)
      return this.#miss({ code: 'function-not-found' }, method, pathname, id);
    const seen = searchWith(search, params);
    const { span, headers } = continueTrace(withoutIdentity(request.headers), this.#options.newId);
    const message = { ...request, url: pathname + seen, headers };
    const named = { id, span };
    const { isNested, refusal } = this.#nested.enter(spec, span);
    if (refusal !== null) return asked.turnAway(message, named, refusal);
    const host = isNested ? this.#ableOf(asked) : asked;
    const { name, route } = host.spec;
    if (this.faults.take(name, 'throttle') === null) {
      const answer =
        door?.guards(route) === true
          ? door.handle({ host, message, named, path: plain(pathname), search, signal })
          : host.handle(message, named, signal);
      const answered = answer.finally(() => this.#nested.answered(span));
      if (by === null) return answered;
      return answered.then((response) => {
        this.#counts.answered(spec, response.status);
        return isNew ? rememberCaller(response, caller) : response;
      });
    }
    const detail = `A fault that was asked for ${name} turned this call away. Call again after the time in Retry-After; DELETE ${CONTROLS.faults} ends all faults.`;
    return host.turnAway(message, named, { code: 'throttled', retryAfterS: 1, detail });
  }

  /** Calls of a revision on a shared route, since its code came. */
  countsOf(spec: FunctionSpec): { readonly calls: number; readonly failed: number } {
    return this.#counts.of(spec);
  }

  /** All live instances, grouped by function. */
  instances(): InstanceEntry[] {
    return this.#all.flatMap((host) => host.instances());
  }

  /** Whether an instance of this id lives. */
  isLive(instance: string): boolean {
    return this.#all.some((host) => host.has(instance));
  }

  /** The call that an instance runs; null when it runs none, or more than one at once. */
  callIn(instance: string): { readonly request: string; readonly span: Span } | null {
    const call = this.#all.find((host) => host.has(instance))?.callIn(instance) ?? null;
    return call === null ? null : { request: call.id, span: call.span };
  }

  get #all(): Host[] {
    return [...this.#hosts.values(), ...this.#leaving];
  }

  /** Why idle instances of the function cannot be frozen, for the reader; null when they can. @param name null for all */
  whyNotFrozen(name: string | null): string | null {
    const hosts = [...this.#hosts.values()].filter(
      ({ spec }) => name === null || spec.name === name,
    );
    const lack = hosts.map(({ driver }) => driver.lacks.signals).find((why) => why !== undefined);
    return lack === undefined
      ? null
      : `The option freezeIdle needs instances that can be stopped by a signal. ${lack} Leave it out here; under Linux or macOS, run npm start and open the course there.`;
  }

  /** Starts the policies' kept instances; without it each function does so at its first call. */
  begin(): void {
    if (this.#stopping) return;
    this.#begun = true;
    for (const host of this.#hosts.values()) host.begin();
  }

  /** The policy of each revision, in the order of {@link functions}. */
  get policies(): { readonly spec: FunctionSpec; readonly policy: ScalingPolicy }[] {
    return this.#functions.flatMap((spec) => {
      const host = this.#hosts.get(revisionKey(spec));
      return host === undefined ? [] : [{ spec, policy: host.policy }];
    });
  }

  /**
   * Gives every revision of the function a new pool, with the policy that `policyFor` now returns.
   * The next call goes to the new pool; the old one finishes its calls.
   */
  renew(name: string): void {
    for (const host of this.#hostsOf(name)) {
      this.#remove(host);
      this.#add(host.spec);
    }
  }

  /**
   * Replaces the functions and how routes are shared. A revision that has changed finishes its running calls as it
   * was, and the next call runs the new one. Changing only weights restarts no instance.
   *
   * @throws RangeError, without any change, when functions and weights do not match
   */
  update(functions: readonly FunctionSpec[], splits: RouteSplits = {}): void {
    this.#routes = new Routes(functions, splits);
    this.#functions = functions;
    const now = new Map(functions.map((spec) => [revisionKey(spec), spec]));
    for (const [key, host] of this.#hosts) {
      if (isSame(host.spec, now.get(key))) now.delete(key);
      else this.#remove(host);
    }
    for (const spec of now.values()) this.#add(spec);
  }

  /** Stops the function's instances, busy ones when done, because their environment changed. */
  retire(name: string): void {
    for (const host of this.#hostsOf(name)) host.retire('replaced');
  }

  /** Ends one instance at once; its calls fail. Returns false when no instance has this id. */
  kill(instance: string): boolean {
    return [...this.#hosts.values()].some((host) => host.kill(instance));
  }

  /** Takes no more calls, finishes those it has, and resolves when the last instance is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#all.map((host) => host.stop()));
  }

  /** The host that takes a function's call: the twin's where the function asked for cannot run. */
  #ableOf(asked: Host): Host {
    const { twinOf } = this.#options;
    if (twinOf === undefined || asked.driver.missing(asked.spec) === null) return asked;
    const name = twinOf(asked.spec);
    const [twin = asked] = name === null ? [] : this.#hostsOf(name);
    return twin;
  }

  #hostsOf(name: string): Host[] {
    return [...this.#hosts.values()].filter(({ spec }) => spec.name === name);
  }

  #whyNoFault(name: string, is: FaultName): string | null {
    const reasons = this.#hostsOf(name).map(({ spec, driver }) => whyNoFault(is, spec, driver));
    return reasons.find((reason) => reason !== null) ?? null;
  }

  #add(spec: FunctionSpec): void {
    const { driverFor, policyFor } = this.#options;
    const driver = new FaultyDriver(driverFor(spec), this.faults);
    const host = new Host(spec, driver, policyFor(spec), this.#options);
    this.#hosts.set(revisionKey(spec), host);
    if (this.#stopping) void host.stop();
    else if (this.#begun) host.begin();
  }

  #remove(host: Host): void {
    this.#hosts.delete(revisionKey(host.spec));
    this.#counts.forget(host.spec);
    this.#leaving.add(host);
    void host.stop('replaced').then(() => this.#leaving.delete(host));
  }

  /** A preflight is answered by the door also where the function does not take OPTIONS. */
  async #missed(
    miss: Miss,
    request: RequestMessage,
    of: { id: string; pathname: string; search: string; signal: AbortSignal | undefined },
  ): Promise<ResponseMessage> {
    const { id, pathname, search, signal } = of;
    const { door, newId } = this.#options;
    if (request.method === 'OPTIONS' && 'spec' in miss && door?.guards(miss.spec.route) === true) {
      const host = this.#hosts.get(revisionKey(miss.spec));
      const { span } = continueTrace(request.headers, newId);
      const call = { message: request, named: { id, span }, path: plain(pathname), search, signal };
      const answer = host === undefined ? null : await door.preflight({ host, ...call });
      if (answer !== null) return answer;
    }
    return this.#miss(miss, request.method, pathname, id);
  }

  #miss(miss: Miss, method: string, pathname: string, id: string): ResponseMessage {
    const headers: HeaderList = [
      [HEADERS.place, this.#options.place],
      [HEADERS.request, id],
    ];
    if (miss.code === 'method-not-allowed') {
      const allow = miss.allow.join(', ');
      const detail = `${pathname} answers ${allow}, not ${method}. Call it with one of those.`;
      return problemResponse(problem(miss.code, detail), [['allow', allow], ...headers]);
    }
    if ('tags' in miss && miss.tags !== undefined) {
      const tags = miss.tags.join(', ') || 'none';
      const detail = `No revision at ${pathname} has the tag that the call asks for in ${TAG_HEADER}. There are ${tags}. Leave the header out to go by weight.`;
      return problemResponse(problem(miss.code, detail), headers);
    }
    const known = this.#routes.all.join(', ') || 'none';
    const detail = `No function is at ${pathname}. There are ${known}. A function's URL is its file's path without the extension.`;
    return problemResponse(problem(miss.code, detail), headers);
  }
}

/** A path that has a route, decoded, without the slash that may stand at its end. */
function plain(pathname: string): string {
  return decodeURIComponent(pathname).replace(/(?<=.)\/$/, '');
}

function isSame(old: FunctionSpec, now: FunctionSpec | undefined): boolean {
  return JSON.stringify(old) === JSON.stringify(now);
}
