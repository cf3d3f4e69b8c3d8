/** Tells the page what its demos do, so that other figures of the same function can follow. */

import type { Place, Run } from './place.ts';

/** A run of a demo has begun. */
export interface RunStarted {
  readonly place: Place;
  /** Path of the function. */
  readonly function: string;
  /** When the run began, in ms since the Unix epoch: earlier events are not its own. */
  readonly since: number;
}

/** A run of a demo has ended with an answer to every call. */
export interface RunFinished {
  /** In the order they were asked; at least one. */
  readonly runs: readonly Run[];
  /** Memory configured for the function. */
  readonly memoryMb: number;
}

interface Announcements {
  started: RunStarted & { readonly demo: string };
  finished: RunFinished & { readonly demo: string };
  answered: { readonly function: string; readonly code: string };
}

/** @param demo id of the demo that runs */
export function announceRun(demo: string, started: RunStarted): void {
  announce('started', { ...started, demo });
}

/** @param demo id of the demo that has run */
export function announceFinish(demo: string, finished: RunFinished): void {
  announce('finished', { ...finished, demo });
}

/** @param code SHA-256 of the source that ran */
export function announceAnswer(path: string, code: string): void {
  announce('answered', { function: path, code });
}

/** Calls `listener` with each run that begins on this page, until `signal` ends. */
export function onRun(
  listener: (demo: string, started: RunStarted) => void,
  signal: AbortSignal,
): void {
  on('started', (started) => listener(started.demo, started), signal);
}

/** Calls `listener` with each run that has been answered, until `signal` ends. */
export function onFinish(
  listener: (demo: string, finished: RunFinished) => void,
  signal: AbortSignal,
): void {
  on('finished', (finished) => listener(finished.demo, finished), signal);
}

/** Calls `listener` with the source that answered, until `signal` ends. */
export function onAnswer(
  listener: (path: string, code: string) => void,
  signal: AbortSignal,
): void {
  on('answered', ({ function: path, code }) => listener(path, code), signal);
}

function announce<K extends keyof Announcements>(name: K, detail: Announcements[K]): void {
  document.dispatchEvent(new CustomEvent(`course:${name}`, { detail }));
}

function on<K extends keyof Announcements>(
  name: K,
  listener: (detail: Announcements[K]) => void,
  signal: AbortSignal,
): void {
  const hear = (event: Event): void => listener((event as CustomEvent<Announcements[K]>).detail);
  document.addEventListener(`course:${name}`, hear, { signal });
}
