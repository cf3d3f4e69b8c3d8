/** Answer keys that can be computed are computed, and what is written must be what comes out. */

import { computedSchema, raisesSchema } from '../../content/schemas.ts';
import { isRightAmount, answerOf, asWritten, isRaised } from '../answer-key.ts';
import type { Entry, LessonList } from '../course.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import type { Path } from '../yaml-source.ts';

/** Answers of an exercise that differ from what its prices compute to. */
export function keyMistakes(quizzes: LessonList, entry: Entry): Mistake[] {
  return entry.value['kind'] === 'number' ? numbers(quizzes, entry) : claims(quizzes, entry);
}

function numbers({ source }: LessonList, { id, index, value }: Entry): Mistake[] {
  const mistakes = source.at([index, 'mistakes']);
  const expected = Array.isArray(mistakes) ? mistakes : [];
  const found = [
    ...key(source, [index], `the answer of "${id}"`),
    ...expected.flatMap((_, place) =>
      key(source, [index, 'mistakes', place], `this mistake in "${id}"`),
    ),
  ];
  if (found.length > 0) return found;
  const { answer, tolerance } = value;
  return expected.flatMap((_, place) => {
    const path = [index, 'mistakes', place, 'answer'];
    const other = source.at(path);
    if (typeof other !== 'number' || typeof answer !== 'number') return [];
    if (typeof tolerance !== 'number' || Math.abs(other - answer) > 2 * tolerance) return [];
    const problem = `${String(other)} cannot be told from the answer, ${String(answer)}, with a tolerance of ${String(tolerance)}.`;
    return [source.mistake(path, problem, 'Make `tolerance` smaller, or take the mistake out.')];
  });
}

/** The number under `answer` is what its `computed` comes to. */
function key(source: LessonList['source'], path: Path, what: string): Mistake[] {
  const written = source.at([...path, 'answer']);
  const parsed = computedSchema.safeParse(source.at([...path, 'computed']));
  // What does not keep to the schema, or leaves it out, is the schema's to report.
  if (typeof written !== 'number' || !parsed.success) return [];
  return attempt(source, [...path, 'computed'], () => {
    const computed = answerOf(parsed.data);
    if (isRightAmount(written, computed)) return [];
    const problem = `${String(written)} is not ${what}: computed, it is ${String(computed)}.`;
    const cure = `Write \`answer: ${String(asWritten(written, computed))}\`, or correct \`computed\`.`;
    return [source.mistake([...path, 'answer'], problem, cure)];
  });
}

/** An option that is marked as right raises the bill as it claims; one that is not does not. */
function claims({ source }: LessonList, { index, value }: Entry): Mistake[] {
  const options: unknown = value['options'];
  if (!Array.isArray(options)) return [];
  return options.flatMap((_, place) => {
    const path = [index, 'options', place];
    const parsed = raisesSchema.safeParse(source.at([...path, 'raises']));
    if (!parsed.success) return [];
    return attempt(source, [...path, 'raises'], () => {
      const right = isRaised(parsed.data);
      const marked = source.at([...path, 'correct']) === true;
      if (right === marked) return [];
      const problem = `This option is marked as ${marked ? 'right' : 'wrong'}, but the bill ${right ? 'rises' : 'does not rise'}.`;
      const cure = `Write \`correct: ${String(right)}\`, or correct \`raises\`.`;
      return [source.mistake(path, problem, cure)];
    });
  });
}

/** What cannot be computed is a mistake with the reason as its cure. */
function attempt(source: LessonList['source'], path: Path, compute: () => Mistake[]): Mistake[] {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [source.mistake(path, 'This cannot be computed.', error.message)];
  }
}
