/** A question has an answer, belongs to a lesson, and is asked there. */

import { CONTENT, strings, type Course, type Entry, type LessonList } from '../course.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { attribute } from '../mdx-source.ts';
import { suggest } from '#src/errors/nearest.ts';
import { keyMistakes } from './keys.ts';
import { matchAnswer, parsePattern } from '#src/content/accepted-answer.ts';

export function quizMistakes(course: Course): Mistake[] {
  return course.quizzes.flatMap((quizzes) => [
    ...belongs(quizzes, course),
    ...inOrder(quizzes, course),
    ...quizzes.entries.flatMap((entry) => [
      ...answers(quizzes, entry),
      ...keyMistakes(quizzes, entry),
      ...tried(quizzes, entry),
      ...before(quizzes, entry, course),
      ...asked(quizzes, entry, course),
    ]),
  ]);
}

function belongs({ lesson, source }: LessonList, course: Course): Mistake[] {
  const slugs = course.lessons.map(({ slug }) => slug);
  if (slugs.includes(lesson)) return [];
  const problem = `No lesson has the slug "${lesson}", so nobody is asked these questions.`;
  return [source.mistake([], problem, suggest(lesson, slugs, `${CONTENT}/lessons`))];
}

function answers({ source }: LessonList, { id, index, value }: Entry): Mistake[] {
  // A number is right by being computed: see keys.ts.
  if (value['kind'] === 'number') return [];
  const key = value['kind'] === 'short' ? 'answers' : 'options';
  const options: unknown = value[key];
  if (!Array.isArray(options)) return [];
  const correct = options.filter((option: unknown) => isCorrect(option)).length;
  const wrong = (problem: string, cure: string): Mistake[] => [
    source.mistake([index, key], problem, cure),
  ];
  if (correct === 0) {
    const cure = `Add \`correct: true\` to the right one of its \`${key}\`.`;
    return wrong(`"${id}" has no correct answer.`, cure);
  }
  if (value['kind'] === 'single' && correct > 1) {
    const problem = `"${id}" takes a single answer, but ${String(correct)} are marked correct.`;
    return wrong(problem, 'Leave `correct: true` on one, or write `kind: multiple`.');
  }
  return key === 'answers' ? patterns(source, index, options) : sameText(source, index, options);
}

function isCorrect(option: unknown): boolean {
  return (
    typeof option === 'object' && option !== null && 'correct' in option && option.correct === true
  );
}

function patterns(source: LessonList['source'], index: number, options: unknown[]): Mistake[] {
  return options.flatMap((_, place) => {
    const accepted = source.at([index, 'answers', place, 'accept']);
    return (Array.isArray(accepted) ? accepted : []).flatMap((one: unknown, at) => {
      if (typeof one !== 'string') return [];
      try {
        parsePattern(one);
        return [];
      } catch (error) {
        const problem = `${one} is not a regular expression: ${error instanceof Error ? error.message : ''}.`;
        const cure = 'Correct it, or leave out the slashes to take it as plain text.';
        return [source.mistake([index, 'answers', place, 'accept', at], problem, cure)];
      }
    });
  });
}

function sameText(source: LessonList['source'], index: number, options: unknown[]): Mistake[] {
  const texts = options.map((_, place) => source.at([index, 'options', place, 'text']));
  return texts.flatMap((text, place) =>
    typeof text !== 'string' || texts.indexOf(text) === place
      ? []
      : [
          source.mistake(
            [index, 'options', place, 'text'],
            'Two options say the same.',
            'Change one.',
          ),
        ],
  );
}

/** What the author tried by hand comes out as the author says. */
function tried({ source }: LessonList, { index, value }: Entry): Mistake[] {
  const answers: unknown = value['answers'];
  if (value['kind'] !== 'short' || !Array.isArray(answers)) return [];
  const expected = answers.map((answer: unknown, place) => ({
    accept: strings(source.at([index, 'answers', place, 'accept'])).filter(isReadable),
    correct: isCorrect(answer),
  }));
  return (['right', 'wrong'] as const).flatMap((said) => {
    const given = source.at([index, 'tried', said]);
    return (Array.isArray(given) ? given : []).flatMap((text: unknown, place) => {
      if (typeof text !== 'string') return [];
      const match = matchAnswer(expected, text);
      const isRight = match !== undefined && expected[match]?.correct === true;
      if (isRight === (said === 'right')) return [];
      const problem = `“${text}” is tried as ${said}, and comes out as ${isRight ? 'right' : match === undefined ? 'unknown' : 'wrong'}.`;
      const cure = 'Correct `accept` of the answer that should take it, or move what is tried.';
      return [source.mistake([index, 'tried', said, place], problem, cure)];
    });
  });
}

/** What is no regular expression is reported once, where it stands. */
function isReadable(accepted: string): boolean {
  try {
    parsePattern(accepted);
    return true;
  } catch {
    return false;
  }
}

/** What is asked again was taught before. */
function before(
  { lesson, source }: LessonList,
  { index, value }: Entry,
  course: Course,
): Mistake[] {
  const from = value['from'];
  if (typeof from !== 'string') return [];
  const slugs = course.lessons.map(({ slug }) => slug);
  const wrong = (problem: string, cure: string): Mistake[] => [
    source.mistake([index, 'from'], problem, cure),
  ];
  if (!slugs.includes(from)) {
    const cure = suggest(from, slugs, `${CONTENT}/lessons`);
    return wrong(`No lesson has the slug "${from}".`, cure);
  }
  if (slugs.indexOf(from) < slugs.indexOf(lesson)) return [];
  return wrong(
    `"${from}" does not come before "${lesson}".`,
    'Ask for something of an earlier lesson, or leave `from` out.',
  );
}

/** A question has a number, by its place in the file: it is the place in the lesson, too. */
function inOrder({ lesson: slug, source, entries }: LessonList, course: Course): Mistake[] {
  const tags = course.lessons.find((lesson) => lesson.slug === slug)?.mdx.tags ?? [];
  const asked = tags.flatMap((tag) =>
    tag.name === 'Quiz' ? [attribute(tag, 'id')?.text ?? ''] : [],
  );
  const inFile = entries.filter(({ id }) => asked.includes(id));
  return inFile.flatMap(({ id, index }, place) => {
    const before = inFile[place - 1];
    if (before === undefined || asked.indexOf(before.id) <= asked.indexOf(id)) return [];
    const problem = `The lesson asks "${id}" before "${before.id}", so the two would change numbers.`;
    return [source.mistake([index, 'id'], problem, `Move "${id}" above "${before.id}".`)];
  });
}

function asked(quizzes: LessonList, { id, index, value }: Entry, course: Course): Mistake[] {
  const lesson = course.lessons.find(({ slug }) => slug === quizzes.lesson);
  // A lesson that cannot be read as MDX has no tags to look at.
  if (lesson === undefined || lesson.mdx.tags.length === 0) return [];
  const uses = lesson.mdx.tags.filter(
    (tag) => tag.name === 'Quiz' && attribute(tag, 'id')?.text === id,
  );
  if (value['review'] === true) {
    if (uses.length === 0) return [];
    const twice = `"${id}" is asked twice: it is marked \`review\`, and the text of the lesson uses it.`;
    const cure = 'Take `review` out, or the tag.';
    return [quizzes.source.mistake([index, 'id'], twice, cure)];
  }
  if (uses.length > 0) return [];
  const problem = `"${id}" is never asked: ${lesson.mdx.file.path} does not use it.`;
  const cure = `Write <Quiz id="${id}" /> in the lesson, mark it \`review: true\`, or take the question out.`;
  return [quizzes.source.mistake([index, 'id'], problem, cure)];
}
