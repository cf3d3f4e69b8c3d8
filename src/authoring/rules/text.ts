/** Text that works for every reader: links that lead somewhere, images that say what they show, headings in steps. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { strings, type Course, type LessonFile } from '../course.ts';
import { attribute, type Heading, type Image, type Link } from '../mdx-source.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';

export function textMistakes(course: Course): Mistake[] {
  const pages = listPages(course.root);
  return course.lessons.flatMap((lesson) => [
    ...lesson.mdx.links.flatMap((link) => linkMistakes(course, lesson, link, pages)),
    ...lesson.mdx.images.flatMap((image) => imageMistakes(course, lesson, image)),
    ...untold(lesson),
    ...lesson.mdx.headings.flatMap((heading, index, all) => steps(lesson, heading, all[index - 1])),
  ]);
}

/** Static pages by URL: `/`, `/glossary`. Pages with a `[…]` segment stand for content. */
function listPages(root: string): string[] {
  const folder = join(root, 'src/pages');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(astro|mdx?|ts)$/.test(file) && !/\[|\.test\.ts$/.test(file))
    .map((file) => file.replace(/\.\w+$/, '').replace(/\/?index$/, '') || '/');
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
  const anchor = fragment?.replace(/\?.*$/, '');
  if (path !== '' && !path.startsWith('/')) {
    const cure = 'Write it from the site\'s root: "/lessons/life-of-an-instance/#anchor".';
    return wrong(`"${link.url}" is relative, and breaks when the page moves.`, cure);
  }
  const page = path.replace(/\?.*$/, '').replace(/\/$/, '') || '/';
  if (path !== '' && !leadsSomewhere(course, page, pages)) {
    const known = [...pages, ...course.lessons.map(({ slug }) => `/lessons/${slug}`)];
    return wrong(`No page has the address "${path}".`, suggest(page, known, 'the site'));
  }
  const anchors = anchorsOf(course, path === '' ? `/lessons/${lesson.slug}` : page);
  if (anchor === undefined || anchor === '' || anchors === undefined || anchors.includes(anchor))
    return [];
  const where = path === '' ? 'this lesson' : `"${path}"`;
  return wrong(`There is no "#${anchor}" in ${where}.`, suggest(anchor, anchors, where));
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

/** Ids on a page that its source tells; undefined where it does not. */
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
    if (!existsSync(join(root, file))) {
      found.push(mdx.file.mistake(offset, `There is no file ${file}.`, 'Correct the path.'));
    }
  }
  return found;
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
