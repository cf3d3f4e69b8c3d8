import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import faas from './faas/astro/integration.ts';
import { publicAddress } from './faas/project/public-address.ts';
import { codeTokens } from './src/code/tokens.ts';
import authoring from './src/authoring/integration.ts';
import labs from './src/labs/integration.ts';
import publish from './src/publish/integration.ts';
import devBase from './src/site/dev-base.ts';
import oneBase from './src/site/one-base.ts';

/** `_astro/live-demo.Ab3dE5fG.js`: Astro's own name for a component's script says its kind as well. */
const entryFileNames = ({ name }) => `_astro/${name.split('.')[0]}.[hash].js`;

/** What every lesson has is one file of styles and one of scripts: many small ones compress badly. */
const everyLesson =
  'page/(?!CourseMap|FoldedText|BridgePage)|prose|practice/(?!progress-desk)|figures/(live-demo|instance-lanes|function-source|place-choice)';
const styles = { name: 'lesson', test: new RegExp(`src/(styles|components/(${everyLesson}))`) };
const scripts = {
  name: 'lesson',
  test: new RegExp(
    `src/components/((element|script).ts|(${everyLesson}|figures/(?!zero-to-one|guest-book|kpa-ticks|canary-share)).*/element.ts)$`,
  ),
};
/** What almost every figure writes with is one file, too: apart, each would be smaller than its import. */
const written = 'format/(number|duration|percent|money|memory|hash)|components/markup';
const format = { name: 'format', test: new RegExp(`src/(${written}).ts$`) };

/** A page that shows only what the reader's own browser or platform keeps is `unlisted`. */
const isForSearch = (address) => !/\/(progress|guestbook)\/$/.test(address);

/** A sitemap holds whole addresses, so there is one where the site's is known, by `--site` too. */
const sitemapWhereKnown = {
  name: 'sitemap-where-known',
  hooks: {
    'astro:config:setup': ({ config, updateConfig }) => {
      if (config.site !== undefined)
        updateConfig({ integrations: [sitemap({ filter: isForSearch })] });
    },
  },
};

/**
 * A script that every page loads would list what each other one needs, a tenth of its bytes. What is sent for
 * comes into view before it is pressed, so that a second trip is seldom waited for. (Astro sets the
 * option after it has read those above; a plugin is asked later.)
 */
const withoutPreloads = {
  name: 'without-preloads',
  configEnvironment: (name) =>
    name === 'client' ? { build: { modulePreload: false } } : undefined,
};

export default defineConfig({
  site: publicAddress(process.env),
  trailingSlash: 'ignore',
  integrations: [
    oneBase(),
    authoring(),
    labs(),
    mdx(),
    sitemapWhereKnown,
    faas(),
    devBase(),
    publish(),
  ],
  markdown: { shikiConfig: { theme: 'css-variables', transformers: [codeTokens] } },
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    plugins: [withoutPreloads],
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: { entryFileNames, codeSplitting: { groups: [scripts, format] } },
          },
        },
      },
      prerender: {
        build: { rolldownOptions: { output: { codeSplitting: { groups: [styles] } } } },
      },
    },
  },
});
