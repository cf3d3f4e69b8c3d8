/** `npm run check` asks here whether the content is right. Prints every mistake; exit code 1 if any. */

import { checkCourse } from './check.ts';
import { formatMistakes } from '#src/errors/mistake.ts';

const mistakes = checkCourse(process.cwd());
if (mistakes.length > 0) {
  process.stderr.write(`${formatMistakes(mistakes)}\n`);
  process.exitCode = 1;
}
