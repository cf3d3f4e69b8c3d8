/** What the proofs of all labs say of code that knows nothing of its lab. */

import { expect, test } from 'vitest';
import { misconception } from '#faas/labs/misconception.ts';
import { checksOf, labIds, readLab } from './lab-folder.ts';
import { provedFailures } from './proof.ts';

const root = process.cwd();

test.each(labIds(root))('%s tells no misconception to its untouched start', async (id) => {
  const lab = readLab(root, id);
  const checks = await checksOf(root, lab);
  const ran = checks.map(({ name }) => name);
  const edges = checks.filter(({ level }) => level === 'edges').map(({ name }) => name);
  for (const language of lab.data.language) {
    const proved = provedFailures(root, lab, language);
    expect(proved.blanks.length, `run: npm run -s lab -- prove ${id}`).toBeGreaterThan(0);
    for (const fails of [...proved.blanks, ran]) {
      expect(misconception({ ran, fails, edges, finding: null }, proved)).toBeNull();
    }
  }
});
