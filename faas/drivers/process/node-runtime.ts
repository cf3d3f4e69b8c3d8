/**
 * The Node runtime of one instance: loads one function, serves it over HTTP on 127.0.0.1:$PORT
 * (0: any free one), and leaves on SIGTERM once what runs is done: Knative's runtime contract.
 */

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { Socket } from 'node:net';
import { PRIVATE_HEADERS } from '../../api.ts';
import {
  asResponse,
  describeError,
  handlerOf,
  lookAhead,
  piecesOf,
  type Handler,
} from '../handler.ts';
import { FRAMING, type Exchange } from './exchange.ts';
import { headerOf } from './head.ts';
import { InstanceServer } from './instance-server.ts';

interface Running {
  readonly exchange: Exchange;
  readonly call: number;
  readonly startedAt: number;
  readonly cpuAtStart: number;
  /** False when another ran at the same time: CPU time can then not be told apart. */
  alone: boolean;
}

/** Of a request's headers, what the function is not shown. */
const NOT_ITS_OWN = new Set([...FRAMING, PRIVATE_HEADERS.token, PRIVATE_HEADERS.call]);

/** Stack frames that say nothing to the author of a function. */
const OURS = [new URL('.', import.meta.url).href, 'node:events', 'node:net'];

const settings = take('FAAS_TOKEN', 'FAAS_MODULE', 'FAAS_SOURCES');
const parent = new Socket({ fd: 3 });
const runs = new Set<Running>();
let printedLines = 0;

/** Settings are ours and not the function's: after this it sees none of them. */
function take<Name extends string>(...names: Name[]): Record<Name, string> {
  const taken = names.map((name) => [name, process.env[name] ?? '']);
  for (const name of names) Reflect.deleteProperty(process.env, name);
  return Object.fromEntries(taken) as Record<Name, string>;
}

function tell(message: object): void {
  parent.write(`${JSON.stringify(message)}\n`);
}

/** Without a parent there is nobody to serve. */
function leaveWithParent(): void {
  parent.on('end', () => process.kill(process.pid, 'SIGKILL'));
  parent.on('error', () => process.kill(process.pid, 'SIGKILL'));
  parent.resume();
}

/** So that the parent knows when it has read all that a call has printed. */
function countLines(name: 'stdout' | 'stderr'): void {
  const original = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      const stream = original?.get?.call(process) as NodeJS.WriteStream;
      const write = stream.write.bind(stream) as (...all: unknown[]) => boolean;
      stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        printedLines +=
          Buffer.from(chunk as string)
            .toString('latin1')
            .split('\n').length - 1;
        return write(chunk, ...rest);
      };
      Object.defineProperty(process, name, { configurable: true, enumerable: true, value: stream });
      return stream;
    },
  });
}

/** The parent has stripped the types already; the URLs stay those of the real files. */
function loadFromBundle(): void {
  const sources = JSON.parse(readFileSync(settings.FAAS_SOURCES, 'utf8')) as Record<string, string>;
  registerHooks({
    load(url, context, next) {
      const source = sources[url];
      if (source === undefined) return next(url, context);
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

async function loadHandler(): Promise<Handler> {
  return handlerOf((await import(settings.FAAS_MODULE)) as Record<string, unknown>);
}

/** The request as the handler sees it, and who made it. */
function toRequest(exchange: Exchange): Request {
  const { method, url, headers, body } = exchange.asked;
  // Pairs and not Headers, which would be read and checked a second time.
  const shown: [string, string][] = [];
  let host = 'localhost';
  let scheme = 'http';
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    if (name === 'host') host = value;
    else if (name === 'x-forwarded-proto' && value === 'https') scheme = 'https';
    if (!NOT_ITS_OWN.has(name)) shown.push([name, value]);
  }
  const hasBody = body !== null && method !== 'GET' && method !== 'HEAD';
  const init = hasBody
    ? { method, headers: shown, body, duplex: 'half' }
    : { method, headers: shown };
  return withSignal(new Request(`${scheme}://${host}${url}`, init as RequestInit), exchange);
}

/** A signal is made for who asks: it is a costly thing. */
function withSignal(request: Request, exchange: Exchange): Request {
  let controller: AbortController | null = null;
  const get = (): AbortSignal => {
    if (controller === null) {
      const made = (controller = new AbortController());
      if (exchange.isBroken) made.abort();
      else exchange.onBreak(() => made.abort());
    }
    return controller.signal;
  };
  return Object.defineProperty(request, 'signal', { configurable: true, get });
}

async function answer(handler: Handler, run: Running): Promise<void> {
  try {
    await send(asResponse(await handler(toRequest(run.exchange))), run);
  } catch (error) {
    fail(error, run);
  }
}

/** A body that is known by the time its first bytes are goes out in one piece, with its length. */
async function send(answered: Response, run: Running): Promise<void> {
  const { exchange } = run;
  const reader = answered.body?.getReader();
  exchange.onBreak(() => void reader?.cancel().catch(() => undefined));
  const body = await lookAhead(reader, turn);
  if (body.whole !== null) {
    const usage = [PRIVATE_HEADERS.usage, JSON.stringify(finish(run))] as const;
    exchange.respond(answered.status, [...answered.headers, usage], body.whole);
    return;
  }
  const writer = exchange.begin(answered.status, answered.headers);
  if (writer === null) await reader?.cancel();
  else {
    for await (const piece of piecesOf(body)) {
      if (exchange.isBroken) break;
      await writer.write(piece);
    }
    if (!exchange.isBroken) writer.end();
  }
  exchange.end();
  tell({ type: 'report', call: run.call, ...finish(run), error: null });
}

function fail(error: unknown, run: Running): void {
  const { exchange, call } = run;
  tell({ type: 'report', call, ...finish(run), error: describeError(error, OURS) });
  if (exchange.hasBegun) exchange.destroy();
  else exchange.respond(500, [], EMPTY);
}

const EMPTY = new Uint8Array();

function begin(exchange: Exchange, call: number): Running {
  const alone = runs.size === 0;
  for (const other of runs) other.alone = false;
  const startedAt = performance.now();
  const run = { exchange, call, startedAt, cpuAtStart: cpuMs(), alone };
  runs.add(run);
  return run;
}

function finish(run: Running): { handlerMs: number; cpuMs: number | null; lines: number } {
  runs.delete(run);
  const handlerMs = round(performance.now() - run.startedAt);
  const used = run.alone ? round(cpuMs() - run.cpuAtStart) : null;
  return { handlerMs, cpuMs: used, lines: printedLines };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** A body of bytes or text ends within this many microtasks of its first piece. */
const TICKS = 16;

/** Far quicker than a turn of the event loop, which would be a quarter of a warm call. */
async function turn(): Promise<undefined> {
  for (let tick = 0; tick < TICKS; tick++) await null;
}

function serve(handler: Handler, initMs: number): void {
  const server = new InstanceServer((exchange) => {
    const { headers } = exchange.asked;
    if (headerOf(headers, PRIVATE_HEADERS.token) !== settings.FAAS_TOKEN) {
      exchange.respond(401, [], EMPTY);
      return;
    }
    void answer(handler, begin(exchange, Number(headerOf(headers, PRIVATE_HEADERS.call))));
  });
  process.on('SIGTERM', () => server.leave(() => process.exit(0)));
  server.listen(Number(process.env['PORT'] ?? 0), (port) => {
    process.env['PORT'] = String(port);
    tell({ type: 'ready', port, initMs: round(initMs) });
  });
}

/** Ctrl-C reaches every process of a terminal; only the parent decides what ends. */
process.on('SIGINT', () => undefined);
leaveWithParent();
countLines('stdout');
countLines('stderr');
const initAt = performance.now();
try {
  loadFromBundle();
  const handler = await loadHandler();
  // The fetch classes load on first use: here, so that the first call does not pay for it.
  new Request('http://localhost/', { headers: new Headers() });
  new Response('');
  serve(handler, performance.now() - initAt);
} catch (error) {
  tell({ type: 'start-failed', ...describeError(error, OURS) });
  parent.end(() => process.exit(1));
}
