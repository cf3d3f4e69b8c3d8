/**
 * Highlighted code as a page can afford it: Shiki writes the colour of every token into its style and
 * a span around every space. Here a token has a class, and plain text is plain text.
 */

import type { ShikiConfig } from 'astro';

type Transformer = NonNullable<ShikiConfig['transformers']>[number];

/** As the theme `css-variables` writes it. */
const COLOUR = /^color:var\(--astro-code-(?:token-)?([a-z-]+)\)$/;

export const codeTokens: Transformer = {
  name: 'code-tokens',
  /** After half a second Shiki gives a line up, and on a busy machine all that follows is wrong. */
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
