/**
 * Vite's watcher reports a file at most once in 50 ms and drops what changes between. Who saves in two
 * steps (empties the file, then writes it) is so read half-way by Astro's loaders, with no later event
 * to correct it, and a new title is never shown. This looks once more when the file has settled.
 */

import { statSync } from 'node:fs';
import type { ViteDevServer } from 'vite';

const SETTLE_MS = 75;

/** Reports a file again when it has changed since the watcher reported it. */
export function reportLateSaves(watcher: ViteDevServer['watcher']): void {
  const settling = new Map<string, NodeJS.Timeout>();
  watcher.on('all', (event, file) => {
    if (event !== 'add' && event !== 'change') return;
    const reported = stateOf(file);
    clearTimeout(settling.get(file));
    const look = (): void => {
      settling.delete(file);
      const state = stateOf(file);
      if (state === null || state === reported) return;
      watcher.emit('change', file);
      watcher.emit('all', 'change', file);
    };
    settling.set(file, setTimeout(look, SETTLE_MS).unref());
  });
}

/** Null when the file is not there. */
function stateOf(file: string): string | null {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.size} bytes, ${stat.mtimeNs}`;
}
