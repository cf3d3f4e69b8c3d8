/** Tells the page what its demos do, so that other figures of the same function can follow. */

import type { Place } from './place.ts';

export interface RunStarted {
  readonly place: Place;
  /** Path of the function. */
  readonly function: string;
  /** When the run began, in ms since the Unix epoch: earlier events are not its own. */
  readonly since: number;
}

interface Announcements {
  started: RunStarted & { readonly demo: string };
  answered: { readonly function: string; readonly code: string };
}

/** @param demo id of the demo that runs */
export function announceRun(demo: string, started: RunStarted): void {
  announce('started', { ...started, demo });
}

/** @param code SHA-256 of the source that ran */
export function announceAnswer(path: string, code: string): void {
  announce('answered', { function: path, code });
}

export function onRun(
  listener: (demo: string, started: RunStarted) => void,
  signal: AbortSignal,
): void {
  on('started', (started) => listener(started.demo, started), signal);
}

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
