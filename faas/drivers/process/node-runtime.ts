/**
 * The Node runtime of one instance: loads one function, serves it over HTTP on 127.0.0.1:$PORT
 * (0: any free port), and on SIGTERM finishes its calls and exits: Knative's runtime contract.
 */

import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { registerHooks } from 'node:module';
import { Socket, type AddressInfo } from 'node:net';
import { asResponse, describeError, handlerOf, type Handler } from '../handler.ts';
import { LedgerWriter, type LedgerEntry } from './ledger.ts';
import { sendAnswer } from './node-answer.ts';
import { readRequest, type Asked } from './node-request.ts';

/** A running call. */
interface Run {
  readonly entry: LedgerEntry;
  readonly startedAt: number;
  readonly cpuAtStart: number;
  /** False when another call ran at the same time: their CPU times cannot be separated. */
  alone: boolean;
  /** Whether the parent knows that it ended, by telemetry or by the end of the response. */
  isKnown: boolean;
}

/** Stack frames of the runtime and of Node, which are left out of a function's errors. */
const OURS = [new URL('.', import.meta.url).href, 'node:events', 'node:_http', 'node:internal'];

/** No time-outs: the platform, the only caller, limits calls and keeps its connections open. */
const SERVER = {
  keepAliveTimeout: 0,
  requestTimeout: 0,
  headersTimeout: 10_000,
  maxHeaderSize: 65_536,
  insecureHTTPParser: false,
  // A request without a body then has no stream that has to end.
  optimizeEmptyRequests: true,
} as const;

const settings = take('FAAS_TOKEN', 'FAAS_MODULE', 'FAAS_SOURCES');
const parent = new Socket({ fd: 3 });
const ledger = new LedgerWriter();
/** Calls whose handler has not finished. */
const runs = new Set<Run>();
/** Responses whose last byte has not been handed to the system. */
let unsent = 0;
let printedLines = 0;
let isLeaving = false;

/** Reads the runtime's settings and removes them from the environment that the function sees. */
function take<Name extends string>(...names: Name[]): Record<Name, string> {
  const taken = names.map((name) => [name, process.env[name] ?? '']);
  for (const name of names) Reflect.deleteProperty(process.env, name);
  return Object.fromEntries(taken) as Record<Name, string>;
}

function tell(message: object): void {
  parent.write(`${JSON.stringify(message)}\n`);
}

/** Exits when the parent has ended. */
function leaveWithParent(): void {
  parent.on('end', () => process.kill(process.pid, 'SIGKILL'));
  parent.on('error', () => process.kill(process.pid, 'SIGKILL'));
  parent.resume();
}

/** Counts printed lines, so that the parent knows when it has read all output of a call. */
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

/** Loads modules whose types the parent has stripped; their URLs stay those of the real files. */
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

async function answer(handler: Handler, asked: Asked, outgoing: ServerResponse): Promise<void> {
  const run = begin(asked.entry, outgoing);
  try {
    const answered = asResponse(await handler(asked.toRequest()));
    const hasFlowed = await sendAnswer(answered, outgoing, () => end(run, 'done'));
    if (hasFlowed) tellEnd(run, null);
  } catch (error) {
    end(run, 'failed');
    tellEnd(run, error);
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(500, ['content-length', '0']).end();
  }
  // An unread request body would block the next request on the connection.
  if (!outgoing.req.complete) outgoing.req.resume();
}

function begin(entry: LedgerEntry, outgoing: ServerResponse): Run {
  const alone = runs.size === 0;
  for (const other of runs) other.alone = false;
  ledger.begun(entry);
  const run = { entry, startedAt: performance.now(), cpuAtStart: cpuMs(), alone, isKnown: false };
  runs.add(run);
  unsent += 1;
  outgoing.on('close', () => {
    unsent -= 1;
    if (!outgoing.writableFinished && !runs.has(run)) tellEnd(run, null);
    leaveWhenDone();
  });
  return run;
}

/** Notes that the handler has finished. */
function end(run: Run, state: 'done' | 'failed'): void {
  if (!runs.delete(run)) return;
  const handlerMs = round(performance.now() - run.startedAt);
  const used = run.alone ? round(cpuMs() - run.cpuAtStart) : null;
  ledger.ended(run.entry, state, { handlerMs, cpuMs: used, lines: printedLines });
}

/** Reports a call's end by telemetry, when its response does not show it. */
function tellEnd(run: Run, error: unknown): void {
  if (run.isKnown) return;
  run.isKnown = true;
  const { call } = run.entry;
  tell({ type: 'ended', call, error: error === null ? null : describeError(error, OURS) });
}

function leaveWhenDone(): void {
  if (isLeaving && unsent === 0) process.exit(0);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function serve(handler: Handler, initMs: number): void {
  const server = createServer(SERVER, (incoming, outgoing) => {
    outgoing.sendDate = false;
    const asked = readRequest(incoming, outgoing);
    if (asked.token === settings.FAAS_TOKEN) void answer(handler, asked, outgoing);
    else outgoing.writeHead(401, ['content-length', '0', 'connection', 'close']).end();
  });
  process.on('SIGTERM', () => {
    isLeaving = true;
    server.close();
    leaveWhenDone();
  });
  server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.env['PORT'] = String(port);
    tell({ type: 'ready', port, initMs: round(initMs) });
  });
}

/** Ctrl-C reaches every process of the terminal; only the parent decides which of them end. */
process.on('SIGINT', () => undefined);
leaveWithParent();
countLines('stdout');
countLines('stderr');
const initAt = performance.now();
try {
  loadFromBundle();
  const handler = await loadHandler();
  // Loads the fetch classes now, so that the first call does not have to.
  new Request('http://localhost/', { headers: new Headers() });
  new Response('');
  serve(handler, performance.now() - initAt);
} catch (error) {
  tell({ type: 'start-failed', ...describeError(error, OURS) });
  parent.end(() => process.exit(1));
}
