import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import faas from './faas/gateway/astro.ts';
import { codeTokens } from './src/code-tokens.ts';
import authoring from './src/authoring/integration.ts';

/** `_astro/live-demo.Ab3dE5fG.js`: Astro's own name for a component's script says its kind as well. */
const entryFileNames = ({ name }) => `_astro/${name.split('.')[0]}.[hash].js`;

/** One stylesheet for what lessons share: many small ones pack worse. Other figures bring their own. */
const COMMON = {
  name: 'course',
  test: new RegExp(
    '/src/(?:styles/|components/(?:page|prose|practice|figures/(?:live-demo|function-source|instance-lanes))/)' +
      '(?!CourseMap|PageHead|progress-desk).*(?:\\.css|type=style)',
  ),
};

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  trailingSlash: 'ignore',
  integrations: [authoring(), mdx(), sitemap(), faas()],
  markdown: { shikiConfig: { theme: 'css-variables', transformers: [codeTokens] } },
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    environments: {
      client: { build: { rolldownOptions: { output: { entryFileNames } } } },
      prerender: {
        build: { rolldownOptions: { output: { codeSplitting: { groups: [COMMON] } } } },
      },
    },
  },
});
