/** The checks of every lab, each loaded when its lab is first checked. */

import type { LabCheck } from '#faas/labs/lab-check.ts';
import type { Outside } from '#faas/labs/shared-world.ts';
import { loadScript } from '../../script.ts';

interface CheckModule {
  readonly default: readonly LabCheck[];
  /** Makes the world that Run hands in, in a lab whose instances share one. */
  readonly outside?: () => Outside;
}

const ALL = import.meta.glob<CheckModule>('/src/content/labs/*/*/check.ts');

/** @param id `<lesson>/<lab>` @throws when the lab has none, or they do not come */
export async function checksOfLab(id: string): Promise<readonly LabCheck[]> {
  return (await moduleOf(id)).default;
}

/** @returns null for a lab whose instances share nothing @throws as above */
export async function outsideOfLab(id: string): Promise<(() => Outside) | null> {
  return (await moduleOf(id)).outside ?? null;
}

async function moduleOf(id: string): Promise<CheckModule> {
  const load = ALL[`/src/content/labs/${id}/check.ts`];
  if (load === undefined) throw new Error(`The lab ${id} has no checks.`);
  return loadScript(load);
}
