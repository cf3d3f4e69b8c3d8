/** The course list names lessons that there are, each once; and no lesson needs a later one. */

import { CONTENT, slugsOf, strings, type Course, type LessonFile } from '../course.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';
import { zeroPadded } from '#src/format/number.ts';

export function orderMistakes(course: Course): Mistake[] {
  return [
    ...listMistakes(course),
    ...course.lessons.flatMap((lesson) => [...fileName(lesson), ...prerequisites(lesson, course)]),
    ...sameSlug(course.lessons),
  ];
}

function listMistakes({ list, lessons }: Course): Mistake[] {
  const listed = slugsOf(list);
  const written = lessons.map(({ slug }) => slug);
  return listed.flatMap(({ slug, path, planned }, index) => {
    const wrong = (problem: string, cure: string) => [list.source.mistake(path, problem, cure)];
    if (listed.findIndex((other) => other.slug === slug) < index) {
      return wrong(`The lesson "${slug}" is in the list twice.`, 'Take one of the two out.');
    }
    if (planned || written.includes(slug)) return [];
    const missing = written.filter((one) => !listed.some((other) => other.slug === one));
    const plan = 'Give one that is still to be written a slug, a title and a summary.';
    const problem = `There is no lesson "${slug}".`;
    return wrong(problem, `${suggest(slug, missing, `${CONTENT}/lessons`)} ${plan}`);
  });
}

function fileName({ mdx, slug }: LessonFile): Mistake[] {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return [];
  const problem = 'The file name is no slug.';
  const cure = 'Name it like `life-of-an-instance.mdx`: lower-case letters, digits and hyphens.';
  return [mdx.file.mistake(0, problem, cure)];
}

function prerequisites(lesson: LessonFile, course: Course): Mistake[] {
  const slugs = course.lessons.map(({ slug }) => slug);
  return strings(lesson.data['prerequisites']).flatMap((needed, index) => {
    const wrong = (problem: string, cure: string): Mistake[] => {
      const offset = lesson.mdx.frontmatter?.offset(['prerequisites', index]) ?? 0;
      return [lesson.mdx.file.mistake(offset, problem, cure)];
    };
    const other = course.lessons.find(({ slug }) => slug === needed);
    if (other === undefined) {
      const known = slugs.filter((slug) => slug !== lesson.slug);
      const where = `${CONTENT}/lessons, without the number`;
      return wrong(`No lesson has the slug "${needed}".`, suggest(needed, known, where));
    }
    if (other === lesson) return wrong('The lesson needs itself.', 'Take it out.');
    const circle = circleThrough(lesson, other, course);
    if (circle !== undefined && placeOf(other) > placeOf(lesson)) {
      const path = [lesson.slug, ...circle].join(' → ');
      return wrong(`Prerequisites go in a circle: ${path}.`, `Take out "${needed}" here.`);
    }
    if (placeOf(other) <= placeOf(lesson) || lesson.number === null) return [];
    const problem =
      other.number === null
        ? `"${needed}" is not in the course list.`
        : `"${needed}" is lesson ${zeroPadded(other.number)}, after this one (${zeroPadded(lesson.number)}).`;
    return wrong(problem, 'Take it out, or change the order of the two.');
  });
}

/** One that is not in the list may need any other, and be needed by none. */
function placeOf({ number }: LessonFile): number {
  return number ?? Infinity;
}

/** The slugs from `from` back to `lesson`, if its prerequisites lead there. */
function circleThrough(lesson: LessonFile, from: LessonFile, course: Course): string[] | undefined {
  const seen = new Set<string>();
  const search = (slug: string): string[] | undefined => {
    if (slug === lesson.slug) return [slug];
    if (seen.has(slug)) return undefined;
    seen.add(slug);
    const next = course.lessons.find((one) => one.slug === slug);
    for (const needed of strings(next?.data['prerequisites'])) {
      const rest = search(needed);
      if (rest !== undefined) return [slug, ...rest];
    }
    return undefined;
  };
  return search(from.slug);
}

function sameSlug(lessons: readonly LessonFile[]): Mistake[] {
  return lessons.flatMap((lesson, index) => {
    const twin = lessons.slice(0, index).find(({ slug }) => slug === lesson.slug);
    if (twin === undefined) return [];
    const problem = `${twin.mdx.file.path} has the slug "${lesson.slug}" too, so both would be one page.`;
    return [lesson.mdx.file.mistake(0, problem, 'Rename one of the two files.')];
  });
}
