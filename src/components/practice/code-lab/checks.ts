/** The checks of every lab, each loaded when its lab is first checked. */

import type { LabCheck } from '#faas/labs/lab-check.ts';
import { loadScript } from '../../script.ts';

const ALL = import.meta.glob<{ readonly default: readonly LabCheck[] }>(
  '/src/content/labs/*/*/check.ts',
);

/** @param id `<lesson>/<lab>` @throws when the lab has none, or they do not come */
export async function checksOfLab(id: string): Promise<readonly LabCheck[]> {
  const load = ALL[`/src/content/labs/${id}/check.ts`];
  if (load === undefined) throw new Error(`The lab ${id} has no checks.`);
  return (await loadScript(load)).default;
}
