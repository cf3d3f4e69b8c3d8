/** All functions of one place: each URL goes to its function, and each function has its host. */

import { CONTROLS, HEADERS, type HeaderList, type InstanceEntry } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import type { ScalingPolicy } from '../core/scaling/policy.ts';
import { problem } from '../core/problem.ts';
import { Router, searchWith, type Miss } from './router.ts';
import { problemResponse } from '../drivers/failure.ts';
import { Faults } from './faults.ts';
import { FaultyDriver } from './faulty-driver.ts';
import { Host } from './host.ts';
import type { HostOptions } from './host-options.ts';
import type { Driver, RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

export interface PlatformOptions extends HostOptions {
  readonly functions: readonly FunctionSpec[];
  readonly driverFor: (spec: FunctionSpec) => Driver;
  /** A policy of its own for each function: it may keep averages. */
  readonly policyFor: (spec: FunctionSpec) => ScalingPolicy;
}

export class Platform {
  /** None unless they are asked for. */
  readonly faults: Faults;
  readonly #options: PlatformOptions;
  readonly #hosts = new Map<string, Host>();
  /** Of functions that were changed or removed, until their last instance is gone. */
  readonly #leaving = new Set<Host>();
  #router: Router;
  #functions: readonly FunctionSpec[];
  #begun = false;
  #stopping = false;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.faults = new Faults(options.clock);
    this.#functions = options.functions;
    this.#router = new Router(options.functions);
    for (const spec of options.functions) this.#add(spec);
  }

  get functions(): readonly FunctionSpec[] {
    return this.#functions;
  }

  /**
   * Never rejects: a failure is a problem document.
   * @param signal aborts when the caller has left
   */
  async handle(request: RequestMessage, signal?: AbortSignal): Promise<ResponseMessage> {
    const { method, url } = request;
    const at = url.indexOf('?');
    const [pathname, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
    const id = this.#options.newId('request');
    const match = this.#router.route(method, pathname);
    if ('code' in match) return this.#miss(match, method, pathname, id);
    const host = this.#hosts.get(match.spec.path);
    if (host === undefined) return this.#miss({ code: 'function-not-found' }, method, pathname, id);
    const seen = searchWith(search, match.params);
    const message = seen === search ? request : { ...request, url: pathname + seen };
    if (this.faults.take(match.spec.path, 'throttle') === null) {
      return host.handle(message, id, signal);
    }
    const detail = `A fault that was asked for ${match.spec.path} turned this call away. Call again after the time in Retry-After; DELETE ${CONTROLS.faults} ends all faults.`;
    return host.turnAway(message, id, { code: 'throttled', retryAfterS: 1, detail });
  }

  /** Every live instance, those of one function together. */
  instances(): InstanceEntry[] {
    return [...this.#hosts.values(), ...this.#leaving].flatMap((host) => host.instances());
  }

  /** Starts what policies keep ready; without it each function begins with its first call. */
  begin(): void {
    if (this.#stopping) return;
    this.#begun = true;
    for (const host of this.#hosts.values()) host.begin();
  }

  /** The policy of each function, by path. */
  get policies(): ReadonlyMap<string, ScalingPolicy> {
    return new Map([...this.#hosts].map(([path, { policy }]) => [path, policy]));
  }

  /**
   * The function gets a new pool, with what `policyFor` says of it now: the next call is the new
   * one's, and what the old one has taken it finishes.
   */
  renew(path: string): void {
    const host = this.#hosts.get(path);
    if (host === undefined) return;
    this.#remove(host);
    this.#add(host.spec);
  }

  /**
   * Takes these functions from now on. Where anything about one has changed, what runs finishes as
   * it was, and the next call runs the new.
   */
  update(functions: readonly FunctionSpec[]): void {
    const now = new Map(functions.map((spec) => [spec.path, spec]));
    for (const [path, host] of this.#hosts) {
      if (isSame(host.spec, now.get(path))) now.delete(path);
      else this.#remove(host);
    }
    for (const spec of now.values()) this.#add(spec);
    this.#functions = functions;
    this.#router = new Router(functions);
  }

  /** Every instance of the function leaves, busy ones when they are done: its surroundings changed. */
  retire(path: string): void {
    this.#hosts.get(path)?.retire('replaced');
  }

  /** Ends one instance at once; what it ran fails. Returns false when there is none of that name. */
  kill(instance: string): boolean {
    return [...this.#hosts.values()].some((host) => host.kill(instance));
  }

  /** Takes no more calls, finishes those it has, and resolves when the last instance is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const hosts = [...this.#hosts.values(), ...this.#leaving];
    await Promise.all(hosts.map((host) => host.stop()));
  }

  #add(spec: FunctionSpec): void {
    const { driverFor, policyFor } = this.#options;
    const driver = new FaultyDriver(driverFor(spec), this.faults);
    const host = new Host(spec, driver, policyFor(spec), this.#options);
    this.#hosts.set(spec.path, host);
    if (this.#stopping) void host.stop();
    else if (this.#begun) host.begin();
  }

  #remove(host: Host): void {
    this.#hosts.delete(host.spec.path);
    this.#leaving.add(host);
    void host.stop('replaced').then(() => this.#leaving.delete(host));
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
    const known = this.#functions.map(({ path }) => path).join(', ') || 'none';
    const detail = `No function is at ${pathname}. There are ${known}. A function's URL is its file's path without the extension.`;
    return problemResponse(problem(miss.code, detail), headers);
  }
}

function isSame(old: FunctionSpec, now: FunctionSpec | undefined): boolean {
  return JSON.stringify(old) === JSON.stringify(now);
}
