/** What is built: the same lessons by the course, by bare Astro and by Starlight, each in a project of its own. */

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_INPUTS } from '../../faas/project/freshness.ts';
import { REPOSITORY } from '../packages.ts';
import type { Workspace } from '../workspace.ts';
import { courseList, type GeneratedLesson } from './generated-lessons.ts';
import { SITE_BENCH } from './packages.ts';

export interface Subject {
  readonly id: 'course' | 'astro' | 'starlight';
  readonly title: string;
  /** Writes a project that `astro build` builds into `dist/`, a lesson into `dist/lessons/<slug>/`. */
  prepare(workspace: Workspace, lessons: readonly GeneratedLesson[]): void;
}

/** The code's colours, in all three. */
const SHIKI = "{ theme: 'css-variables' }";

export const course: Subject = {
  id: 'course',
  title: 'Scale to Zero',
  prepare(workspace, lessons) {
    for (const name of BUILD_INPUTS) {
      cpSync(join(REPOSITORY, name), join(workspace.folder, name), { recursive: true });
    }
    emptyFolders(join(workspace.folder, 'src/content'));
    write(workspace, 'src/content/lessons', lessons);
    workspace.write('src/content/course.yaml', courseList(lessons.map(({ slug }) => slug)));
    const home = join(workspace.folder, 'src/pages/index.astro');
    workspace.write('src/pages/index.astro', withoutRecording(readFileSync(home, 'utf8')));
    linkPackages(workspace, REPOSITORY);
  },
};

/** As a beginner has it: one collection, one page for each of its entries, no style. */
export const bareAstro: Subject = {
  id: 'astro',
  title: 'bare Astro',
  prepare(workspace, lessons) {
    workspace.write('package.json', '{ "type": "module" }');
    workspace.write(
      'astro.config.mjs',
      `import mdx from '@astrojs/mdx';
export default { integrations: [mdx()], markdown: { shikiConfig: ${SHIKI} } };
`,
    );
    workspace.write(
      'src/content.config.ts',
      `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
export const collections = {
  lessons: defineCollection({ loader: glob({ base: './src/content/lessons', pattern: '*.mdx' }) }),
};
`,
    );
    workspace.write(
      'src/pages/lessons/[slug].astro',
      `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  const lessons = await getCollection('lessons');
  return lessons.map((lesson) => ({ params: { slug: lesson.id }, props: { lesson } }));
}
const { lesson } = Astro.props;
const { Content } = await render(lesson);
---
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>{lesson.data.title}</title>
  </head>
  <body>
    <h1>{lesson.data.title}</h1>
    <Content />
  </body>
</html>
`,
    );
    write(workspace, 'src/content/lessons', lessons);
    linkPackages(workspace, REPOSITORY);
  },
};

/** With its sidebar of all lessons; without its search, since an index is not counted in any of the three. */
export const starlight: Subject = {
  id: 'starlight',
  title: 'Starlight',
  prepare(workspace, lessons) {
    // Astro takes components from the packages that a project names, and from no others.
    const dependencies = { '@astrojs/starlight': '*', astro: '*' };
    workspace.write('package.json', JSON.stringify({ type: 'module', dependencies }));
    workspace.write(
      'astro.config.mjs',
      `import starlight from '@astrojs/starlight';
export default {
  integrations: [starlight({ title: 'Lessons', expressiveCode: false, pagefind: false })],
  markdown: { shikiConfig: ${SHIKI} },
};
`,
    );
    workspace.write(
      'src/content.config.ts',
      `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
    );
    write(workspace, 'src/content/docs/lessons', lessons);
    linkPackages(workspace, SITE_BENCH, ['@astrojs/starlight', 'astro-expressive-code']);
  },
};

export const SUBJECTS: readonly Subject[] = [course, bareAstro, starlight];

/** Lessons, and all that belongs to one: quizzes, predictions, labs, and what is still to come. */
function emptyFolders(content: string): void {
  for (const entry of readdirSync(content, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    rmSync(join(content, entry.name), { recursive: true });
    mkdirSync(join(content, entry.name));
  }
}

function write(workspace: Workspace, folder: string, lessons: readonly GeneratedLesson[]): void {
  for (const { slug, text } of lessons) workspace.write(`${folder}/${slug}.mdx`, text);
}

/**
 * The home page without its first figure, whose run a build records in real time.
 *
 * @throws when it has none
 */
export function withoutRecording(home: string): string {
  const without = home.replace(/^import ZeroToOne .*\n/m, '').replace(/<\/?ZeroToOne>/g, '');
  if (without !== home && !without.includes('ZeroToOne')) return without;
  throw new Error(
    'Expected src/pages/index.astro to have <ZeroToOne> and its import, and found something else: correct withoutRecording in bench/site/subjects.ts.',
  );
}

/**
 * Package by package, so that what Astro and Vite keep beside them is this project's own.
 *
 * @param copied names of those that have components: Astro compiles none from outside a project
 */
function linkPackages(workspace: Workspace, owner: string, copied: readonly string[] = []): void {
  const packages = join(owner, 'node_modules');
  for (const name of packageNames(packages)) {
    const file = join('node_modules', name);
    if (copied.includes(name)) {
      cpSync(join(packages, name), join(workspace.folder, file), { recursive: true });
    } else {
      workspace.link(file, join(packages, name));
    }
  }
}

/** `astro`, `@astrojs/mdx` */
function packageNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`)
        : [name],
    );
}
