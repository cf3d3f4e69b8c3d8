/**
 * Each proof is made anew, whole. Python runs in processes. TypeScript runs in modules of this process,
 * which cost a hundredth of that, so of each check it is shown beside that a process passes and fails it.
 */

import { expect, test } from 'vitest';
import { ModuleDriver } from '#faas/drivers/fixtures/module-driver.ts';
import type { LabCheck } from '#faas/labs/lab-check.ts';
import { runChecks, type CheckVerdict } from '#faas/labs/run-checks.ts';
import { LabBench, PATIENCE_MS, PATIENT } from './lab-bench.ts';
import { checksOf, labIds, mutantsOf, readCode, readLab, type LabFolder } from './lab-folder.ts';
import { proveLab } from './prove-lab.ts';
import { isProved, readProof } from './proof.ts';
import { doesNothing } from './stand-ins.ts';

const root = process.cwd();

test.concurrent.each(labIds(root))(
  '%s is proved, and the proof beside it is what a new one finds',
  async (id) => {
    const lab = readLab(root, id);
    expect(isProved(root, lab), `run: npm run -s lab -- prove ${id}`).toBe(true);
    const inModules = (folder: string, cache: string) => new ModuleDriver(folder, cache);
    const { problems, proof } = await proveLab(root, id, inModules);
    expect(problems).toEqual([]);
    // Without Python half of a proof cannot be made.
    if (proof !== null) expect(proof).toEqual(readProof(root, lab));
  },
);

const IN_TYPESCRIPT = labIds(root)
  .map((id) => readLab(root, id))
  .filter(({ data }) => data.language.includes('typescript'));

test.concurrent.each(IN_TYPESCRIPT)(
  '$id: a process of the solution passes each check, and one of wrong code fails it',
  async (lab) => {
    const checks = await checksOf(root, lab);
    const bench = new LabBench(root, PATIENT);
    const run = (text: string, only: readonly LabCheck[]): Promise<CheckVerdict[]> =>
      runChecks({
        checks: only,
        lab: bench.function(lab, 'typescript', text),
        limitMs: PATIENCE_MS,
      });
    const own = (name: string): string => readCode(root, `${lab.folder}/${name}.ts`).text;
    try {
      expect(failed(await run(own('solution'), checks))).toEqual([]);
      const ofStart = failed(await run(own('start'), checks));
      expect(ofStart).toEqual(readProof(root, lab)?.start?.typescript);
      const idle = failed(await run(doesNothing(lab, 'typescript'), checks));
      for (const check of checks.filter(({ name }) => ![...ofStart, ...idle].includes(name))) {
        expect(failed(await run(wrongBy(lab, check), [check]))).toEqual([check.name]);
      }
    } finally {
      bench.close();
    }
  },
);

function failed(verdicts: readonly CheckVerdict[]): string[] {
  return verdicts.filter(({ passed }) => !passed).map(({ name }) => name);
}

/** A mutant that this check is meant to catch; where there is none, another that it catches. */
function wrongBy(lab: LabFolder, { name }: LabCheck): string {
  const mutants = mutantsOf(root, lab, 'typescript');
  const proved = readProof(root, lab)?.mutants ?? {};
  const caught = [...mutants.keys()].filter((mutant) => proved[mutant]?.typescript?.includes(name));
  const meant = caught.find((mutant) => lab.data.mutants[mutant]?.caught === name);
  const chosen = mutants.get(meant ?? caught[0] ?? '');
  if (chosen === undefined) throw new Error(`No mutant of ${lab.id} fails "${name}".`);
  return chosen.text;
}
