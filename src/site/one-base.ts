/** `--base /x` and `--base /x/` are the same, and build the same site. */

import type { AstroIntegration } from 'astro';

/**
 * The integration for `astro.config`, before all others: to them and to Astro's own build the base
 * ends with a slash, however it was given.
 */
export default function oneBase(): AstroIntegration {
  return {
    name: 'one-base',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command === 'build') updateConfig({ base: config.base.replace(/\/*$/, '/') });
      },
    },
  };
}
