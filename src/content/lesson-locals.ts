/** What components learn from `Astro.locals` of the lesson in which they stand. */

import { comesBefore, type Lesson } from './lessons.ts';

/** @throws when the lesson was not read from a file */
export async function localsOf({
  id,
  filePath,
}: Lesson): Promise<NonNullable<App.Locals['lesson']>> {
  if (filePath === undefined) throw new Error(`The lesson "${id}" has no file.`);
  return {
    slug: id,
    file: filePath,
    comesBeforeInstances: await comesBefore(id, 'life-of-an-instance'),
    comesBeforePrices: await comesBefore(id, 'pay-per-execution'),
  };
}
