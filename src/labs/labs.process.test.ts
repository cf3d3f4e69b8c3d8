import { expect, test } from 'vitest';
import { labIds, readLab } from './lab-folder.ts';
import { proveLab } from './prove-lab.ts';
import { isProved } from './proof.ts';

const root = process.cwd();

test.concurrent.each(labIds(root))(
  '%s is proved, and the proof beside it is of its files',
  async (id) => {
    expect(isProved(root, readLab(root, id)), `run: npm run -s lab -- prove ${id}`).toBe(true);
    const { problems } = await proveLab(root, id);
    expect(problems).toEqual([]);
  },
);
