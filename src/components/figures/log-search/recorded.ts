/** Two hundred lines that `/api/sign` printed, as the platform kept them; the file says how they were made. */

import log from './recorded-log.json' with { type: 'json' };
import type { LoggedLine } from './setup.ts';

/** When it was made, `2026-11-30`, and on what. */
export const RECORDED = { made: log.made, machine: log.machine };

/** In the order of their times. */
export const RECORDED_LINES: readonly LoggedLine[] = log.lines.map((line) => {
  const [atMs, call, text] = line as [number, string, string];
  return { atMs, call, text };
});
