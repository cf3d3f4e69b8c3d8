/** Before a build, proves the labs that have changed since they were proved last. */

import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { labIds, readLab } from './lab-folder.ts';
import { isProved } from './proof.ts';

/** Stops a build with a lab that does not hold. */
export default function labs(): AstroIntegration {
  return {
    name: 'labs',
    hooks: {
      'astro:config:setup': async ({ command, config, logger }) => {
        if (command !== 'build') return;
        const root = fileURLToPath(config.root);
        const changed = labIds(root).filter((id) => !isProved(root, readLab(root, id)));
        if (changed.length === 0) return;
        logger.info(`Proving ${changed.join(', ')}, which changed since it was proved.`);
        // Loaded when it is needed: most builds prove nothing.
        const { proveAndKeep } = await import('./prove-lab.ts');
        const problems: string[] = [];
        for (const id of changed) {
          const proved = await proveAndKeep(root, id);
          problems.push(...proved.problems.map((problem) => `${id}: ${problem}`));
          for (const line of proved.skipped) logger.warn(`Not tried: ${line}`);
        }
        if (problems.length === 0) return;
        logger.error(`Labs do not hold.\n\n${problems.join('\n')}\n`);
        const stop = new Error('The build stopped: correct what is listed above, and build again.');
        // The stack trace does not help an author, and would push the list out of sight.
        stop.stack = '';
        throw stop;
      },
    },
  };
}
