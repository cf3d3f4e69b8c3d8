/** Text that works for every reader: links that lead somewhere, images that say what they show, headings in steps. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CONTENT, strings, type Course, type LessonFile } from '../course.ts';
import { freeNames } from '../free-names.ts';
import { attribute, type Expression, type Heading, type Image, type Link } from '../mdx-source.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';
import { megabytes } from '#src/format/memory.ts';

/** A page is read on a phone, too. */
const MOST_IMAGE_BYTES = 300_000;

export function textMistakes(course: Course): Mistake[] {
  const pages = listPages(course.root);
  return course.lessons.flatMap((lesson) => [
    ...lesson.mdx.links.flatMap((link) => linkMistakes(course, lesson, link, pages)),
    ...lesson.mdx.images.flatMap((image) => imageMistakes(course, lesson, image)),
    ...untold(lesson),
    ...lesson.mdx.headings.flatMap((heading, index, all) => [
      ...steps(lesson, heading, all[index - 1]),
      ...sameAnchor(lesson, heading, all.slice(0, index)),
    ]),
    ...lesson.mdx.expressions.flatMap((expression) => braces(lesson, expression)),
  ]);
}

/** Static pages by URL: `/`, `/glossary`. Pages with a `[…]` segment stand for content. */
function listPages(root: string): string[] {
  const folder = join(root, 'src/pages');
  if (!existsSync(folder)) return [];
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(astro|mdx?|ts)$/.test(file) && !/\[|\.test\.ts$/.test(file))
    .map((file) => file.replace(/\.\w+$/, '').replace(/\/?index$/, '') || '/');
  return [...pages, ...listBridges(root)];
}

function listBridges(root: string): string[] {
  const folder = join(root, CONTENT, 'bridges');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.mdx'));
  return files.map((file) => `/bridges/${file.replace(/\.mdx$/, '')}`);
}

function linkMistakes(course: Course, lesson: LessonFile, link: Link, pages: string[]): Mistake[] {
  const wrong = (problem: string, cure: string): Mistake[] => [
    lesson.mdx.file.mistake(link.offset, problem, cure),
  ];
  if (/^(https?:|mailto:)/.test(link.url)) return [];
  if (/^[a-z]+:/.test(link.url)) {
    return wrong(
      `"${link.url}" is not a link that a browser follows.`,
      'Write an https:// address.',
    );
  }
  const [path = '', fragment] = link.url.split('#');
  // A figure keeps its state behind its id: `#break-even?ms=200`.
  const anchor = decoded(fragment?.replace(/\?.*$/, ''));
  if (path !== '' && !path.startsWith('/')) {
    const cure = 'Write it from the site\'s root: "/lessons/life-of-an-instance/#anchor".';
    return wrong(`"${link.url}" is relative, and breaks when the page moves.`, cure);
  }
  const page = path.replace(/\?.*$/, '').replace(/\/$/, '') || '/';
  if (path !== '' && !leadsSomewhere(course, page, pages)) {
    const known = [...pages, ...course.lessons.map(({ slug }) => `/lessons/${slug}`)];
    return wrong(`No page has the address "${path}".`, suggest(page, known, 'the site'));
  }
  if (path !== '' && link.tag === 'a') {
    const cure = `Write it as [text](${link.url}).`;
    return wrong('An <a> is left as it is, and leads elsewhere where the site has a base.', cure);
  }
  const anchors = anchorsOf(course, path === '' ? `/lessons/${lesson.slug}` : page);
  if (anchor === undefined || anchor === '' || anchors === undefined || anchors.includes(anchor))
    return [];
  const where = path === '' ? 'this lesson' : `"${path}"`;
  return wrong(`There is no "#${anchor}" in ${where}.`, suggest(anchor, anchors, where));
}

/** A link may write the letters of an anchor as they are, or encoded. */
function decoded(anchor: string | undefined): string | undefined {
  try {
    return anchor && decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
}

function leadsSomewhere(
  { root, lessons, functions }: Course,
  page: string,
  pages: string[],
): boolean {
  if (pages.includes(page)) return true;
  if (lessons.some(({ slug }) => page === `/lessons/${slug}`)) return true;
  if (functions.some(({ route }) => page === route)) return true;
  const file = join(root, 'public', page);
  return page !== '/' && existsSync(file) && statSync(file).isFile();
}

/** The ids of a page, where they can be read from its source; undefined for other pages. */
function anchorsOf(course: Course, page: string): readonly string[] | undefined {
  if (page === '/glossary') return course.glossary.ids;
  if (page === '/resources') return course.resources.ids;
  const lesson = course.lessons.find(({ slug }) => page === `/lessons/${slug}`);
  if (lesson === undefined || lesson.mdx.mistakes.length > 0) return undefined;
  const ids = lesson.mdx.tags
    .filter(({ name }) => name !== 'Fact' && name !== 'Term')
    .map((tag) => attribute(tag, 'id')?.text);
  return [...lesson.mdx.headings.map(({ slug }) => slug), ...strings(ids)];
}

function imageMistakes(
  { root }: Course,
  { mdx }: LessonFile,
  { url, alt, offset }: Image,
): Mistake[] {
  const found: Mistake[] = [];
  if (alt.trim() === '') {
    const cure = `Write ![what a reader who cannot see it needs to know](${url}).`;
    found.push(mdx.file.mistake(offset, 'The image has no alternative text.', cure));
  }
  if (/^https?:/.test(url)) {
    const cure = 'Put the file beside the lesson: the site loads nothing from elsewhere.';
    found.push(mdx.file.mistake(offset, 'The image comes from another site.', cure));
  } else {
    const file = url.startsWith('/')
      ? join('public', url)
      : posix.join(posix.dirname(mdx.file.path), decodeURI(url));
    const stats = statSync(join(root, file), { throwIfNoEntry: false });
    if (stats === undefined) {
      found.push(mdx.file.mistake(offset, `There is no file ${file}.`, 'Correct the path.'));
    } else if (stats.size > MOST_IMAGE_BYTES) {
      const problem = `${file} has ${megabytes(stats.size / 1e6)}, and an image of a lesson at most ${megabytes(MOST_IMAGE_BYTES / 1e6)}.`;
      const cure = 'Make it smaller: as wide as it is shown, as WebP or AVIF.';
      found.push(mdx.file.mistake(offset, problem, cure));
    }
  }
  return found;
}

/** A heading's id is its words: two of one name, or one named as a figure, lead to the first alone. */
function sameAnchor({ mdx }: LessonFile, heading: Heading, before: readonly Heading[]): Mistake[] {
  const wrong = (problem: string) => [
    mdx.file.mistake(heading.offset, problem, 'Give it words of its own.'),
  ];
  if (before.some(({ text }) => text === heading.text)) {
    return wrong(`The lesson has a heading "${heading.text}" already.`);
  }
  const tag = mdx.tags.find((one) => attribute(one, 'id')?.text === heading.slug);
  if (tag === undefined || ['Fact', 'Term'].includes(tag.name)) return [];
  return wrong(`The anchor of this heading, "${heading.slug}", is the id of a <${tag.name}>.`);
}

/** Braces in the text are code to MDX: what they name has to be there. */
function braces({ mdx }: LessonFile, { code, offset }: Expression): Mistake[] {
  const known = new Set([...mdx.imports.map(({ name }) => name), 'props', 'frontmatter']);
  const unknown = freeNames(code).find((name) => !known.has(name) && !(name in globalThis));
  if (unknown === undefined) return [];
  const problem = `{${code}} is read as code, and nothing here is called \`${unknown}\`.`;
  return [mdx.file.mistake(offset, problem, 'Write `\\{` where you mean the brace itself.')];
}

/** `<img>` says what it shows, or `alt=""` that it shows nothing that matters. */
function untold({ mdx }: LessonFile): Mistake[] {
  return mdx.tags
    .filter((tag) => ['img', 'Image', 'Picture'].includes(tag.name))
    .filter((tag) => !tag.spreads && attribute(tag, 'alt') === undefined)
    .map((tag) => {
      const cure = 'Add alt="what it shows", or alt="" if it only decorates.';
      return mdx.file.mistake(tag.offset, `<${tag.name}> has no \`alt\`.`, cure);
    });
}

function steps(
  { mdx }: LessonFile,
  { depth, offset }: Heading,
  before: Heading | undefined,
): Mistake[] {
  if (depth === 1) {
    const problem = 'A heading of the first level: the page has one already, from `title`.';
    return [mdx.file.mistake(offset, problem, 'Start it with `##`.')];
  }
  const deepest = (before?.depth ?? 1) + 1;
  if (depth <= deepest) return [];
  const problem = `The heading skips a level: ${'#'.repeat(depth)} after ${'#'.repeat(deepest - 1)}.`;
  return [mdx.file.mistake(offset, problem, `Start it with \`${'#'.repeat(deepest)}\`.`)];
}
