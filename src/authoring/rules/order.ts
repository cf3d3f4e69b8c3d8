/** Lessons stand in one order without gaps, parts do not interleave, and nothing needs a later lesson. */

import { PART_IDS } from '../../content/schemas.ts';
import { CONTENT, strings, type Course, type LessonFile } from '../course.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { suggest } from '#src/errors/nearest.ts';
import { zeroPadded } from '#src/format/number.ts';

export function orderMistakes(course: Course): Mistake[] {
  return [
    ...course.lessons.flatMap((lesson, index) => [
      ...fileName(lesson),
      ...number(lesson, course.lessons, index),
      ...part(lesson, course.lessons[index - 1]),
      ...prerequisites(lesson, course),
    ]),
    ...sameSlug(course.lessons),
  ];
}

function at(lesson: LessonFile, key: string, problem: string, cure: string): Mistake {
  const offset = lesson.mdx.frontmatter?.offset([key]) ?? 0;
  return lesson.mdx.file.mistake(offset, problem, cure);
}

function fileName({ mdx, slug, number }: LessonFile): Mistake[] {
  if (!Number.isNaN(number) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return [];
  const problem = 'The file name is not a number, a hyphen and a slug.';
  const cure = 'Name it like `03-life-of-an-instance.mdx`: lower-case letters, digits and hyphens.';
  return [mdx.file.mistake(0, problem, cure)];
}

function number(lesson: LessonFile, lessons: readonly LessonFile[], index: number): Mistake[] {
  const order = lesson.data['order'];
  if (typeof order !== 'number' || Number.isNaN(lesson.number)) return [];
  if (order !== lesson.number) {
    const problem = `\`order\` is ${String(order)}, but the file name says ${zeroPadded(lesson.number)}.`;
    const cure = `Write \`order: ${String(lesson.number)}\`, or rename the file to ${zeroPadded(order)}-${lesson.slug}.mdx.`;
    return [at(lesson, 'order', problem, cure)];
  }
  const twin = lessons.slice(0, index).find((other) => other.number === lesson.number);
  if (twin !== undefined) {
    const problem = `\`order\` ${String(order)} is taken: ${twin.mdx.file.path} has it too.`;
    const free = Math.max(...lessons.map((other) => other.number).filter(Number.isInteger)) + 1;
    const cure = `Give one of the two another number, in \`order\` and in its file name; ${String(free)} is free.`;
    return [at(lesson, 'order', problem, cure)];
  }
  const before = Math.max(0, ...lessons.slice(0, index).map((other) => other.number || 0));
  if (order <= before + 1) return [];
  const problem = `\`order\` jumps from ${String(before)} to ${String(order)}.`;
  const cure = `Write \`order: ${String(before + 1)}\` and rename the file to ${zeroPadded(before + 1)}-${lesson.slug}.mdx.`;
  return [at(lesson, 'order', problem, cure)];
}

function part(lesson: LessonFile, before: LessonFile | undefined): Mistake[] {
  const place = (one: LessonFile | undefined): number =>
    PART_IDS.findIndex((id) => id === one?.data['part']);
  if (before === undefined || place(lesson) === -1 || place(lesson) >= place(before)) return [];
  const [mine, theirs] = [lesson, before].map((one) => String(one.data['part']));
  const problem = `Part "${mine ?? ''}" comes before part "${theirs ?? ''}", but the lesson stands after one of that part (${before.mdx.file.path}).`;
  return [at(lesson, 'part', problem, `Write \`part: ${theirs ?? ''}\`, or move the lesson up.`)];
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
    if (circle !== undefined && other.number > lesson.number) {
      const path = [lesson.slug, ...circle].join(' → ');
      return wrong(`Prerequisites go in a circle: ${path}.`, `Take out "${needed}" here.`);
    }
    if (other.number <= lesson.number) return [];
    const problem = `"${needed}" is lesson ${zeroPadded(other.number)}, after this one (${zeroPadded(lesson.number)}).`;
    return wrong(problem, 'Take it out, or change the order of the two.');
  });
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
