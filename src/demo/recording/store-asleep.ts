/** A recording that begins from nothing begins without a database too. */

import { setTimeout as pause } from 'node:timers/promises';
import { CONTROLS, type ResourceEntry } from '#faas/api.ts';
import { isGranted, type PlatformFile } from '#faas/project/platform-file.ts';
import { platformFileHere } from './platform-file-here.ts';

const POLL_MS = 100;
/** One that is not the platform's own never sleeps, and is not waited for longer than this, in ms. */
const PATIENCE_MS = 15_000;

/** Whether a function may ask the platform's database, by the project's own file. */
export function usesStore(
  fn: string,
  { grants }: Pick<PlatformFile, 'grants'> = platformFileHere(),
): boolean {
  return isGranted(grants, fn, 'store');
}

/** Resolves when the database of the gateway at `origin` has been stopped, or does not stop. */
export async function untilStoreSleeps(origin: string, signal: AbortSignal): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const response = await fetch(origin + CONTROLS.resources, { signal });
    const entries = (await response.json()) as readonly ResourceEntry[];
    if (!entries.some(({ kind, state }) => kind === 'store' && state !== 'gone')) return;
    await pause(POLL_MS, undefined, { signal });
  }
}
