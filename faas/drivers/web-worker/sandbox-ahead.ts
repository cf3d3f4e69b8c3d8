/** Keeps one sandbox open ahead, so that code which changes often starts as fast as it loads. */

import {
  openSandbox,
  type InstanceWorker,
  type SandboxTexts,
  type WorkerMaker,
} from './sandbox.ts';

interface Spare {
  readonly life: AbortController;
  readonly worker: Promise<InstanceWorker>;
}

/** @param end ends the sandbox that waits, and makes no further one */
export function sandboxesAhead(texts: SandboxTexts, end: AbortSignal): WorkerMaker {
  let spare = prepare();

  function prepare(): Spare {
    const life = new AbortController();
    const worker = openSandbox(texts, life.signal);
    worker.catch(() => undefined);
    end.addEventListener('abort', () => life.abort(end.reason), { once: true });
    return { life, worker };
  }

  return (life) => {
    end.throwIfAborted();
    const taken = spare;
    spare = prepare();
    life.addEventListener('abort', () => taken.life.abort(life.reason), { once: true });
    return taken.worker;
  };
}
