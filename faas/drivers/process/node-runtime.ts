/**
 * The Node runtime of one instance: loads one function, serves it over HTTP on 127.0.0.1:$PORT
 * (0: any free one), and leaves on SIGTERM once what runs is done: Knative's runtime contract.
 */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { registerHooks } from 'node:module';
import { Socket, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
  asResponse,
  describeError,
  handlerOf,
  lookAhead,
  piecesOf,
  type Handler,
} from '../handler.ts';

interface Exchange {
  readonly response: ServerResponse;
  readonly call: number;
  readonly startedAt: number;
  readonly cpuAtStart: number;
  /** False when another ran at the same time: CPU time can then not be told apart. */
  alone: boolean;
}

/** Framing is decided here, not by the function. */
const FRAMING = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer']);

/** Of a request's headers, what the function is not shown. */
const NOT_ITS_OWN = new Set([...FRAMING, 'x-faas-token', 'x-faas-call']);

const OURS = [import.meta.url, 'node:events', 'node:_http'];

const settings = take('FAAS_TOKEN', 'FAAS_MODULE', 'FAAS_SOURCES');
const parent = new Socket({ fd: 3 });
const running = new Set<Exchange>();
let printedLines = 0;
let leaving = false;

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

function toRequest(message: IncomingMessage, gone: Departure): Request {
  const { rawHeaders, method = 'GET' } = message;
  // Pairs and not Headers, which would be read and checked a second time.
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    if (!NOT_ITS_OWN.has(name)) headers.push([name, rawHeaders[i + 1] ?? '']);
  }
  const scheme = message.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  const url = `${scheme}://${message.headers.host ?? 'localhost'}${message.url ?? '/'}`;
  const isEmpty =
    message.headers['transfer-encoding'] === undefined &&
    (message.headers['content-length'] ?? '0') === '0';
  if (isEmpty || method === 'GET' || method === 'HEAD') {
    return withSignal(new Request(url, { method, headers }), gone);
  }
  const body = Readable.toWeb(message) as unknown as ReadableStream<Uint8Array>;
  const init = { method, headers, body, duplex: 'half' } as RequestInit;
  return withSignal(new Request(url, init), gone);
}

function withSignal(request: Request, gone: Departure): Request {
  return Object.defineProperty(request, 'signal', { configurable: true, get: () => gone.signal });
}

async function answer(handler: Handler, message: IncomingMessage, exchange: Exchange) {
  const gone = new Departure(exchange.response);
  try {
    const answered = asResponse(await handler(toRequest(message, gone)));
    await send(answered, exchange, gone);
  } catch (error) {
    fail(error, exchange);
  }
}

/** Whether the parent has broken off a call. A signal is made for who asks: it is a costly thing. */
class Departure {
  happened = false;
  #controller: AbortController | null = null;
  readonly #listeners: (() => void)[] = [];

  constructor(response: ServerResponse) {
    response.once('close', () => {
      if (response.writableFinished) return;
      this.happened = true;
      this.#controller?.abort();
      for (const listener of this.#listeners) listener();
    });
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.happened) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  onHappen(listener: () => void): void {
    this.#listeners.push(listener);
  }
}

/** A body that is known by the time its first bytes are goes out in one piece, with its length. */
async function send(answered: Response, exchange: Exchange, gone: Departure): Promise<void> {
  const reader = answered.body?.getReader();
  gone.onHappen(() => void reader?.cancel().catch(() => undefined));
  const body = await lookAhead(reader, turn);
  if (body.whole !== null) return sendWhole(answered, body.whole, exchange);
  const { response } = exchange;
  response.strictContentLength = true;
  response.writeHead(answered.status, headersOf(answered));
  for await (const piece of piecesOf(body)) {
    if (gone.happened) break;
    if (!response.write(piece)) await room(response, gone);
  }
  if (!gone.happened) response.end();
  tell({ type: 'report', call: exchange.call, ...finish(exchange), error: null });
}

function sendWhole(answered: Response, body: Uint8Array, exchange: Exchange): void {
  const { response } = exchange;
  const headers = headersOf(answered);
  if (answered.status !== 204 && answered.status !== 304) {
    const at = headers.findIndex((name, i) => i % 2 === 0 && name === 'content-length');
    const isHead = response.req.method === 'HEAD';
    if (at < 0) headers.push('content-length', String(body.byteLength));
    else if (!isHead) headers[at + 1] = String(body.byteLength);
  }
  headers.push('x-faas-usage', JSON.stringify(finish(exchange)));
  response.writeHead(answered.status, headers);
  response.end(body);
}

function headersOf(answered: Response): string[] {
  const headers: string[] = [];
  for (const [name, value] of answered.headers) if (!FRAMING.has(name)) headers.push(name, value);
  return headers;
}

function fail(error: unknown, exchange: Exchange): void {
  const { response, call } = exchange;
  tell({ type: 'report', call, ...finish(exchange), error: describeError(error, OURS) });
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-length': 0 }).end();
}

function begin(call: number, response: ServerResponse): Exchange {
  const alone = running.size === 0;
  for (const other of running) other.alone = false;
  const startedAt = performance.now();
  const exchange = { response, call, startedAt, cpuAtStart: cpuMs(), alone };
  running.add(exchange);
  return exchange;
}

function finish(exchange: Exchange): { handlerMs: number; cpuMs: number | null; lines: number } {
  running.delete(exchange);
  const handlerMs = round(performance.now() - exchange.startedAt);
  const used = exchange.alone ? round(cpuMs() - exchange.cpuAtStart) : null;
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

function room(response: ServerResponse, gone: Departure): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    gone.onHappen(resolve);
  });
}

function serve(handler: Handler, initMs: number): void {
  const { FAAS_TOKEN } = settings;
  // The parent keeps its connections for as long as the instance lives.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    if (message.headers['x-faas-token'] !== FAAS_TOKEN) {
      response.writeHead(401, { 'content-length': 0 }).end();
      return;
    }
    if (leaving) response.once('finish', () => setImmediate(() => server.closeIdleConnections()));
    void answer(handler, message, begin(Number(message.headers['x-faas-call']), response));
  });
  process.on('SIGTERM', () => {
    leaving = true;
    for (const { response } of running) {
      response.once('close', () => setImmediate(() => server.closeIdleConnections()));
      response.once('finish', () => setImmediate(() => server.closeIdleConnections()));
    }
    server.close(() => process.exit(0));
  });
  server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
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
