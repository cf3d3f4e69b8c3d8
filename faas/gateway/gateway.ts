/**
 * The front door: sends each request to a function, a control or the site, by its URL. `npm start`,
 * `astro dev` and a build that records runs all use it.
 */

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  CONTROL_PREFIX,
  CONTROLS,
  HEADERS,
  MOUNTS,
  PLACE_FILE,
  WITH_TREE,
  type BurstBody,
  type FunctionEntry,
  type InstanceEntry,
  type PlaceFile,
  type ResourceEntry,
} from '../api.ts';
import { problem } from '../core/problem.ts';
import type { FunctionSpec } from '../core/function.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';
import { burst, parseBurst } from './burst.ts';
import { eventsOf, eventsOfCalls, type EventLog } from './event-log.ts';
import { EventStream, lastEventId } from './event-stream.ts';
import { holdsToken, isCrossSite, isFromThisMachine, namesThisServer } from './guard.ts';
import { answerResource, type ControlResource } from './control-resource.ts';
import { readBody, sendMessage, sendJson, sendProblem, toRequestMessage } from './message.ts';
import { isRefused, refusalOf } from './request-head.ts';

/** The part of a platform that the gateway uses. */
export interface Functions {
  readonly functions: readonly FunctionSpec[];
  /** Never rejects: a failure becomes a problem document. */
  handle(request: RequestMessage, signal: AbortSignal): Promise<ResponseMessage>;
  instances(): readonly InstanceEntry[];
}

/** Answers all requests that are for neither a function nor a control. */
export type Site = (request: IncomingMessage, response: ServerResponse) => void;

/** Something that functions are handed and that answers at URLs of its own. */
export interface Mount {
  /** One of {@link MOUNTS}; null for one that answers nowhere. */
  readonly path: string | null;
  /** Its state, for the list of resources; or that of each of its parts. */
  entry(): ResourceEntry | readonly ResourceEntry[];
  /** Answers a request. It may reject: the gateway then answers 500. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** The parts behind a gateway, and which callers it accepts. */
export interface GatewayOptions {
  readonly platform: Functions;
  readonly log: EventLog;
  readonly site: Site;
  /** Host names to accept beyond this machine's own, lower case; `*` accepts any. @default [] */
  readonly allowedHosts?: readonly string[];
  /** Why a function cannot run here, shown in the list; null if it can. @default always null */
  readonly missing?: (spec: FunctionSpec) => string | null;
  /** Controls by path. @default none */
  readonly resources?: Readonly<Record<string, ControlResource>>;
  /** What functions are handed. @default none */
  readonly mounts?: readonly Mount[];
  /** Token that lets callers from other machines use the controls; null lets none. @default null */
  readonly token?: string | null;
  /** Whether one of the functions' own processes opened the connection. @default always false */
  readonly isFunctions?: (socket: Socket) => boolean;
  /** Called with each error in the gateway's own code. */
  readonly onError: (error: unknown) => void;
}

/** The `Allow` for `OPTIONS *`, which is about the server as a whole. */
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** Longest body of a burst request. In bytes. */
const MAX_BURST_BYTES = 1_000_000;

/** Answers Node's requests; it needs no particular server. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #events: EventStream;
  /**
   * Where processes on this machine reach it, the address in numbers: `http://127.0.0.1:4321`. Set by
   * whatever listens for it; null before.
   */
  origin: string | null = null;
  #inFlight = 0;
  #whenIdle: (() => void) | null = null;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#events = new EventStream(options.log);
  }

  /** Whether a URL's path is the gateway's own, and not the site's. */
  static owns(path: string): boolean {
    if (path === '/api' || path.startsWith('/api/') || path.startsWith(CONTROL_PREFIX)) return true;
    return Object.values(MOUNTS).some((mount) => isUnder(mount, path));
  }

  /** Answers a request. Never throws, never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Readers and writers see a broken connection themselves; the event must not count as unhandled.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    try {
      await this.#route(request, response);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      this.#options.onError(error);
      const detail = 'The gateway failed while it answered; its log says more. Try again.';
      sendProblem(response, problem('gateway-failed', detail));
    }
  }

  /** Ends the event streams, and resolves when no function call is in flight. */
  async drain(): Promise<void> {
    this.#events.close();
    if (this.#inFlight === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isRefused(request.socket)) return;
    const refusal = refusalOf(request);
    if (refusal !== null) {
      const { status, detail } = refusal;
      response.shouldKeepAlive = false;
      sendProblem(response, { ...problem('bad-request', detail), status });
      return;
    }
    const url = request.url ?? '';
    const path = url.split('?', 1)[0] ?? '';
    if (!namesThisServer(request, this.#options.allowedHosts ?? [])) {
      const detail = `This server answers for localhost, not for "${request.headers.host ?? ''}". Use http://localhost, or name the host in FAAS_ALLOWED_HOSTS.`;
      sendProblem(response, problem('foreign-host', detail));
    } else if (url === '*') {
      response.writeHead(204, { allow: METHODS }).end();
    } else if (path.startsWith(CONTROL_PREFIX)) {
      await this.#control(path, request, response);
    } else if (path === `/${PLACE_FILE}`) {
      const controls = this.#mayControl(request);
      sendJson(response, { place: 'local', controls } satisfies PlaceFile);
    } else if (this.#mountAt(path) !== undefined) {
      await this.#handOver(path, request, response);
    } else if (Gateway.owns(path)) {
      await this.#call(request, response);
    } else {
      this.#options.site(request, response);
    }
  }

  #mountAt(path: string): Mount | undefined {
    return this.#options.mounts?.find((mount) => isUnder(mount.path, path));
  }

  /** Lets a resource answer; a stop waits for it as for a call. */
  async #handOver(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight += 1;
    try {
      await this.#mountAt(path)?.answer(request, response);
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#whenIdle?.();
    }
  }

  async #call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight += 1;
    try {
      const caller = new AbortController();
      response.once('close', () => {
        if (!response.writableFinished) caller.abort();
      });
      const message = await toRequestMessage(request);
      await sendMessage(response, revalidated(await this.#answer(message, caller.signal)));
    } finally {
      // An unread request body would block the next request on the connection.
      request.resume();
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#whenIdle?.();
    }
  }

  /** Answers HEAD and OPTIONS for functions that do not export them, as HTTP defines. */
  async #answer(message: RequestMessage, signal: AbortSignal): Promise<ResponseMessage> {
    const answer = await this.#options.platform.handle(message, signal);
    const allow = refusedMethod(answer);
    if (allow === null) return answer;
    if (message.method === 'HEAD' && allow.includes('GET')) {
      return this.#options.platform.handle({ ...message, method: 'GET' }, signal);
    }
    if (message.method === 'OPTIONS') {
      return { status: 204, headers: [['allow', allow]], body: null };
    }
    return answer;
  }

  async #control(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isCrossSite(request.headers)) {
      const detail = `The controls answer pages of this site and tools, not a page of ${request.headers.origin ?? 'another site'}.`;
      sendProblem(response, problem('cross-site', detail));
      return;
    }
    const { isFunctions } = this.#options;
    if (isFunctions?.(request.socket) === true) {
      const detail = `A function called ${path}. What controls or watches the platform is for people and tools on this machine; a function may call other functions, under /api/.`;
      sendProblem(response, problem('from-function', detail));
      return;
    }
    const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
    const asked = query.get('request');
    if (path === CONTROLS.events && asked !== null) {
      const { log } = this.#options;
      sendJson(response, query.has(WITH_TREE) ? eventsOfCalls(log, asked) : eventsOf(log, asked));
      return;
    }
    if (path !== CONTROLS.functions && !this.#mayControl(request)) {
      const detail = `${path} watches or controls the platform, which is for the machine that runs it, under the name localhost. From elsewhere, send the token that the start printed: Authorization: Bearer TOKEN.`;
      sendProblem(response, problem('not-local', detail));
      return;
    }
    if (path === CONTROLS.burst && request.method === 'POST') {
      await this.#burst(request, response);
      return;
    }
    const { resources = {} } = this.#options;
    const resource = resources[path];
    if (resource !== undefined) {
      await answerResource(resource, request, response);
      return;
    }
    const control = this.#controls[path];
    if (control === undefined) {
      const known = [...Object.keys(this.#controls), ...Object.keys(resources)].join(', ');
      const detail = `There is no ${path}. The controls are ${known}, and POST ${CONTROLS.burst}.`;
      sendProblem(response, problem('not-found', detail));
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      const detail = `${path} answers GET, not ${request.method ?? ''}.`;
      sendProblem(response, problem('method-not-allowed', detail), { allow: 'GET, HEAD' });
    } else {
      control(request, response);
    }
  }

  #mayControl(request: IncomingMessage): boolean {
    return isFromThisMachine(request) || holdsToken(request, this.#options.token ?? null);
  }

  /** Makes many calls at once and writes each response as a line of JSON. */
  async #burst(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let asked: BurstBody;
    try {
      asked = parseBurst(await readBody(request, MAX_BURST_BYTES));
    } catch (error) {
      sendProblem(response, problem('bad-request', (error as Error).message));
      return;
    }
    const caller = new AbortController();
    response.once('close', () => caller.abort());
    this.#inFlight += 1;
    try {
      const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' };
      response.writeHead(200, headers).flushHeaders();
      const handle: Functions['handle'] = (message, signal) => this.#answer(message, signal);
      for await (const answer of burst(asked, handle, caller.signal)) {
        if (response.write(`${JSON.stringify(answer)}\n`)) continue;
        // A caller that does not read delays only its own burst.
        await once(response, 'drain', { signal: caller.signal }).catch(() => undefined);
      }
      response.end();
    } finally {
      // An unread request body would block the next request on the connection.
      request.resume();
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#whenIdle?.();
    }
  }

  readonly #controls: Readonly<Record<string, Site>> = {
    [CONTROLS.functions]: (_request, response) => {
      const { platform, missing } = this.#options;
      const entries = platform.functions.map((spec): FunctionEntry => {
        const reason = missing?.(spec) ?? null;
        const { route: path, ...known } = spec;
        return { path, ...known, ...(reason !== null && { missing: reason }) };
      });
      sendJson(response, entries);
    },

    [CONTROLS.instances]: (_request, response) => {
      sendJson(response, this.#options.platform.instances());
    },

    [CONTROLS.resources]: (_request, response) => {
      sendJson(
        response,
        (this.#options.mounts ?? []).flatMap((mount) => mount.entry()),
      );
    },

    [CONTROLS.events]: (request, response) => {
      if (request.method === 'HEAD') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end();
        return;
      }
      if (this.#events.isFull) {
        const detail = `${this.#events.watchers} watchers are connected, the most there may be. Close one, or try again later.`;
        sendProblem(response, problem('no-capacity', detail), { 'retry-after': '5' });
        return;
      }
      const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
      this.#events.watch(response, lastEventId(request, query));
    },
  };
}

/** Whether a path is the mount's own. */
function isUnder(mount: string | null, path: string): boolean {
  if (mount === null) return false;
  return mount.endsWith('/') ? path.startsWith(mount) : path === mount;
}

/**
 * Adds a `cache-control` that requires revalidation where the function set none, as on Vercel
 * (vercel.com/docs/caching/cache-control-headers, 2026-09-14). Otherwise a cache may choose how
 * long to keep the response (RFC 9111, 4.2.2).
 */
function revalidated(message: ResponseMessage): ResponseMessage {
  if (message.headers.some(([name]) => name === 'cache-control')) return message;
  const header = ['cache-control', 'public, max-age=0, must-revalidate'] as const;
  return { ...message, headers: [...message.headers, header] };
}

/** The `Allow` of a platform's own 405; null for any response of a function. */
function refusedMethod({ status, headers }: ResponseMessage): string | null {
  if (status !== 405 || headers.some(([name]) => name === HEADERS.instance)) return null;
  return headers.find(([name]) => name === 'allow')?.[1] ?? null;
}
