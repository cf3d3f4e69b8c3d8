/**
 * Shiki's output, made small enough for a page: a token carries its kind as a class, where Shiki
 * writes a colour into its style, and plain text has no element, where Shiki has one around every
 * space. Used for the code in lessons' text (`astro.config.mjs`) and for functions (`highlight.ts`).
 */

import type { ShikiTransformer } from 'shiki';

/** As the theme `css-variables` writes it. */
const COLOUR = /^color:var\(--astro-code-(?:token-)?([a-z-]+)\)$/;

/** A transformer for Shiki with the theme `css-variables`. */
export const codeTokens: ShikiTransformer = {
  name: 'code-tokens',
  /** By default Shiki gives up on a line after half a second, which a busy build can take. */
  preprocess(_code, options) {
    options.tokenizeTimeLimit = 0;
  },
  pre({ properties }) {
    delete properties['style'];
  },
  line(line) {
    line.children = line.children.flatMap((token) => {
      if (token.type !== 'element') return [token];
      const [, kind] = COLOUR.exec(String(token.properties['style'])) ?? [];
      if (kind === undefined) return [token];
      if (kind === 'foreground') return token.children;
      return [{ ...token, properties: { class: kind } }];
    });
  },
};
