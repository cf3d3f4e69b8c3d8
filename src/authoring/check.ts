/** The author's safety net: every mistake in the content, all at once. */

import { readCourse } from './course.ts';
import { byLocation, type Mistake } from '#src/errors/mistake.ts';
import { componentMistakes } from './rules/components.ts';
import { dataMistakes } from './rules/data.ts';
import { labMistakes } from './rules/labs.ts';
import { orderMistakes } from './rules/order.ts';
import { predictionMistakes } from './rules/predictions.ts';
import { quizMistakes } from './rules/quizzes.ts';
import { referenceMistakes } from './rules/references.ts';
import { textMistakes } from './rules/text.ts';

const RULES = [
  orderMistakes,
  dataMistakes,
  quizMistakes,
  labMistakes,
  predictionMistakes,
  componentMistakes,
  referenceMistakes,
  textMistakes,
];

/** @param root folder of the project */
export function checkCourse(root: string): Mistake[] {
  const course = readCourse(root);
  return [...course.mistakes, ...RULES.flatMap((rule) => rule(course))].sort(byLocation);
}
