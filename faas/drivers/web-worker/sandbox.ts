/**
 * A worker that is locked in: in a frame of opaque origin, without network, storage or page. What it
 * may use beyond that is answered over its port.
 */

import { SANDBOX_FILES } from '../../api.ts';

/** The texts that a sandbox is made of; the build writes them, and the page fetches them once. */
export interface SandboxTexts {
  /** The frame's page: `sandboxPage()`. */
  readonly page: string;
  /** `worker-runtime.ts` as one classic script. */
  readonly runtime: string;
}

/** A worker that runs `worker-runtime.ts`. */
export interface InstanceWorker {
  /** Carries `ToWorker` there and `FromWorker` back. */
  readonly port: MessagePort;
  /** Rejects when the worker itself could not be started. Never resolves. */
  readonly broken: Promise<never>;
}

/** Makes a worker that ends when `life` does. */
export type WorkerMaker = (life: AbortSignal) => Promise<InstanceWorker>;

/** @param base URL of the site's root @throws when a text does not come */
export async function readSandboxTexts(base: string): Promise<SandboxTexts> {
  const [page, runtime] = await Promise.all([
    readText(base + SANDBOX_FILES.page),
    readText(base + SANDBOX_FILES.runtime),
  ]);
  return { page, runtime };
}

/** The text at a URL. @throws with the URL and the status, when it does not come */
export async function readText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}. Reload the page, and try again.`);
  }
  return response.text();
}

/**
 * Opens a sandbox. Removing its frame ends the worker and all that it started, also where `terminate()`
 * alone is not heeded at once.
 */
export async function openSandbox(
  { page, runtime }: SandboxTexts,
  life: AbortSignal,
): Promise<InstanceWorker> {
  life.throwIfAborted();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.title = 'Sandbox';
  frame.hidden = true;
  frame.srcdoc = page;
  const control = new MessageChannel();
  const run = new MessageChannel();
  life.addEventListener(
    'abort',
    () => {
      control.port1.postMessage(null);
      control.port1.close();
      run.port1.close();
      frame.remove();
    },
    { once: true },
  );
  const open = up(frame, life);
  document.body.append(frame);
  await open;
  frame.contentWindow?.postMessage(runtime, '*', [control.port2, run.port2]);
  return { port: run.port1, broken: failureOf(control.port1) };
}

/** Resolves when the frame's page listens. Its origin is opaque, so it is known by its window. */
function up(frame: HTMLIFrameElement, life: AbortSignal): Promise<undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const heard = new AbortController();
  window.addEventListener(
    'message',
    ({ source }) => {
      if (source !== frame.contentWindow || source === null) return;
      heard.abort();
      resolve(undefined);
    },
    { signal: AbortSignal.any([heard.signal, life]) },
  );
  life.addEventListener('abort', () => reject(life.reason as Error), { once: true });
  return promise;
}

function failureOf(control: MessagePort): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  control.onmessage = ({ data }: MessageEvent<string>) => {
    reject(new Error(`Its worker could not be started: ${data}`));
  };
  return promise;
}
