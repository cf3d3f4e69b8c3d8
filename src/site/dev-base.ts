/**
 * In development Astro takes the base away before Vite sees a request, so Vite does not know it, and
 * style sheets would ask for the files of `public/` outside it. A build does without this.
 */

import type { AstroIntegration } from 'astro';

/** An address from the site's root, as a style sheet writes it: `url('/fonts/…')`. */
const FROM_ROOT = /(url\(\s*['"]?)\/(?!\/)/g;

/** The integration for `astro.config`. */
export default function devBase(): AstroIntegration {
  return {
    name: 'dev-base',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        const base = config.base.replace(/\/*$/, '/');
        if (command !== 'dev' || base === '/') return;
        const plugin = {
          postcssPlugin: 'dev-base',
          Declaration(declaration: { value: string }) {
            // PostCSS visits a declaration again after each change of it.
            if (declaration.value.includes(base)) return;
            declaration.value = declaration.value.replace(FROM_ROOT, `$1${base}`);
          },
        };
        updateConfig({ vite: { css: { postcss: { plugins: [plugin] } } } });
      },
    },
  };
}
