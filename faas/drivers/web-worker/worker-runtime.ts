/**
 * The runtime of one instance in a page: a worker in a sandbox that loads one function and answers the
 * page's calls over the port that it is handed. The function sees a worker's globals but no `process`
 * (only its environment, where it is handed one);
 * it exits by `close()`. The build makes one classic script of it, since a sandbox runs no other.
 */

import {
  asResponse,
  describeError,
  handlerOf,
  lookAhead,
  piecesOf,
  type ErrorDescription,
  type Handler,
} from '../handler.ts';
import { bareScope } from './bare-scope.ts';
import { receiveBody, sendBody } from './body-port.ts';
import { meterBuffers } from './buffer-meter.ts';
import { BusyMeter } from './busy-meter.ts';
import { captureConsole } from './captured-console.ts';
import { Favors } from './favors.ts';
import { lendCrypto } from './lent-crypto.ts';
import { lendFetch } from './lent-fetch.ts';
import type { FromWorker, ToWorker } from './messages.ts';

type CallMessage = Extract<ToWorker, { type: 'call' }>;
type LoadMessage = Extract<ToWorker, { type: 'load' }>;

const OURS = [self.location.href];
/** Set before the first call: the port and what else came with the function. */
let port: MessagePort;
let origin: string;
/** An error as the reader is to see it: the function's frames by the name of its file. */
let describe = (error: unknown): ErrorDescription => describeError(error, OURS);
const leaveForGood = self.close.bind(self);
let handler: Handler | null = null;

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  if (message.type !== 'log') printed.flush();
  port.postMessage(message, { transfer });
}

function leave(code: number): void {
  tell({ type: 'leaving', code });
  leaveForGood();
}

async function load({ code, file, memoryMb, variables }: LoadMessage): Promise<void> {
  meterBuffers(memoryMb * 1e6, () => tell({ type: 'out-of-memory' }));
  // A function that is handed nothing has no `process`, as everywhere in a browser.
  if (variables !== null) Object.assign(globalThis, { process: { env: variables } });
  const startedAt = performance.now();
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  describe = (error) => {
    const { message, stack } = describeError(error, OURS);
    // A function may be made of several blobs, each of which has the file's lines.
    return { message, stack: stack.replaceAll(url, file).replace(/blob:null\/[\w-]+/g, file) };
  };
  try {
    handler = handlerOf((await import(/* @vite-ignore */ url)) as Record<string, unknown>);
    tell({ type: 'ready', initMs: performance.now() - startedAt });
  } catch (error) {
    tell({ type: 'start-failed', ...describe(error) });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Calls that run now; each knows whether it has always been the only one. */
const running = new Set<{ alone: boolean }>();

async function answer(asked: CallMessage): Promise<void> {
  const { call } = asked;
  const mine = { alone: running.size === 0 };
  for (const other of running) other.alone = false;
  running.add(mine);
  const startedAt = performance.now();
  const meter = new BusyMeter();
  let error: unknown;
  let threw = false;
  let hasHead = false;
  try {
    if (handler === null) throw new Error('It was called before it was ready.');
    const answered = asResponse(await handler(await toRequest(asked)));
    const body = await lookAhead(answered.body?.getReader(), turn);
    const head = { type: 'head', call, status: answered.status, headers: [...answered.headers] };
    hasHead = true;
    if (body.whole !== null) {
      const whole = body.whole.byteLength === 0 ? null : body.whole;
      tell({ ...head, type: 'head', body: whole });
    } else {
      await stream(head, piecesOf(body));
    }
  } catch (thrown) {
    error = thrown;
    threw = true;
  }
  const handlerMs = performance.now() - startedAt;
  const busyMs = meter.end();
  running.delete(mine);
  if (!hasHead) tell({ type: 'head', call, status: 500, headers: [], body: null });
  tell({
    type: 'report',
    call,
    handlerMs,
    busyMs: mine.alone ? busyMs : null,
    error: threw ? describe(error) : null,
  });
}

/** Resolves when the reader has taken the last piece; rejects with the body's error. */
function stream(
  head: Omit<Extract<FromWorker, { type: 'head' }>, 'type' | 'body'>,
  pieces: AsyncGenerator<Uint8Array, void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const port = sendBody(watched());
    tell({ ...head, type: 'head', body: port }, [port]);

    async function* watched(): AsyncGenerator<Uint8Array, void> {
      try {
        yield* pieces;
        resolve();
      } catch (error) {
        reject(error);
        throw error;
      } finally {
        resolve();
      }
    }
  });
}

async function toRequest({ method, url, headers, body }: CallMessage): Promise<Request> {
  const init: RequestInit & { duplex?: 'half' } = { method, headers: new Headers() };
  // A browser drops headers that a page must not set, such as cookie and host.
  for (const [name, value] of headers) (init.headers as Headers).append(name, value);
  if (body !== null && method !== 'GET' && method !== 'HEAD') {
    init.duplex = 'half';
    if (body instanceof Uint8Array) init.body = body as Uint8Array<ArrayBuffer>;
    else if (TAKES_STREAMS) init.body = toStream(receiveBody(body));
    else init.body = await new Response(toStream(receiveBody(body))).blob();
  }
  return new Request(new URL(url, origin), init);
}

/** Some browsers do not accept a stream as a request's body; there the body is read whole first. */
const TAKES_STREAMS = ((): boolean => {
  const init = { method: 'POST', body: new ReadableStream(), duplex: 'half' };
  return !new Request('https://sandbox.invalid/', init).headers.has('content-type');
})();

function toStream(pieces: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}

function turn(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, 0, undefined));
}

bareScope();
const printed = captureConsole((lines) => tell({ type: 'log', lines }));
const favors = new Favors((favor, of) => tell({ type: 'favor', favor, of }));
lendFetch(favors);
lendCrypto(favors);
self.close = () => leave(0);
/** As in a process, an uncaught error ends the instance. */
self.addEventListener('error', (event) => die(event.error ?? event.message));
self.addEventListener('unhandledrejection', (event) => die(event.reason));
self.addEventListener('message', ({ ports }) => ports[0] && listen(ports[0]), { once: true });

function listen(given: MessagePort): void {
  port = given;
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === 'load') {
      ({ origin } = data);
      void load(data);
    } else if (data.type === 'there') tell({ type: 'here' });
    else if (data.type === 'favor-done') favors.done(data.favor, data.result);
    else void answer(data);
  };
  tell({ type: 'up' });
}

function die(error: unknown): void {
  const { message, stack } = describe(error);
  printed.flush();
  tell({ type: 'log', lines: [{ stream: 'stderr', text: stack || message }] });
  leave(1);
}
