import { expect, test } from 'vitest';
import { labIds, readLab } from './lab-folder.ts';
import { proveLab } from './prove-lab.ts';
import { isProved, readProof } from './proof.ts';

const root = process.cwd();

test.concurrent.each(labIds(root))(
  '%s is proved, and the proof beside it is what a new one finds',
  async (id) => {
    const lab = readLab(root, id);
    expect(isProved(root, lab), `run: npm run -s lab -- prove ${id}`).toBe(true);
    const { problems, proof } = await proveLab(root, id);
    expect(problems).toEqual([]);
    // Without Python half of a proof cannot be made.
    if (proof !== null) expect(proof).toEqual(readProof(root, lab));
  },
);
