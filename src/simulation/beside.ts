/**
 * Simulations beside the page: in workers, as many at once as there are processors, so that the page
 * stays free to move. To cancel is to end the workers; nothing has to be asked.
 */

import type { SimulatedCourse } from '#faas/simulation/scenario.ts';
import type { SimulationJob, SimulationMessage } from './job.ts';

/** How the jobs are followed and ended. */
export interface BesideOptions {
  /** Ends all of it; the promise then rejects with its reason. */
  readonly signal: AbortSignal;
  /** @param share of all the jobs together, from 0 to 1 */
  readonly onProgress?: (share: number) => void;
  /** @default one of the course's own workers */
  readonly newWorker?: () => Worker;
}

/** The courses, in the order of the jobs. @throws when a job cannot be run */
export async function simulateBeside(
  jobs: readonly SimulationJob[],
  { signal, onProgress, newWorker = simulationWorker }: BesideOptions,
): Promise<SimulatedCourse[]> {
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const shares = jobs.map(() => 0);
  const courses: SimulatedCourse[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = newWorker();
    try {
      for (let index = next++; index < jobs.length; index = next++) {
        courses[index] = await run(worker, jobs[index] as SimulationJob, either, (share) => {
          shares[index] = share;
          onProgress?.(shares.reduce((sum, one) => sum + one, 0) / shares.length);
        });
      }
    } finally {
      worker.terminate();
    }
  };
  const atOnce = Math.min(jobs.length, Math.max(1, navigator.hardwareConcurrency || 1));
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    ending.abort();
  }
  return courses;
}

function simulationWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

function run(
  worker: Worker,
  job: SimulationJob,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<SimulatedCourse> {
  const listening = new AbortController();
  const heard = { signal: listening.signal };
  return new Promise<SimulatedCourse>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason as Error), heard);
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<SimulationMessage>) => {
        if (data.is === 'progress') onProgress(data.share);
        else if (data.is === 'course') resolve(data.course);
        else reject(new Error(data.text));
      },
      heard,
    );
    worker.addEventListener(
      'error',
      ({ message }) => reject(new Error(`The simulation could not be started. ${message}`)),
      heard,
    );
    worker.postMessage(job);
  }).finally(() => listening.abort());
}
