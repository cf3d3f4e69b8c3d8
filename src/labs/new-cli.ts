/** `npm run new -- lab <lesson> <name>`: makes a lab that already proves, and proves it. */

import { readCourse } from '#src/authoring/course.ts';
import { newLab } from './new-lab.ts';
import { proveAndKeep } from './prove-lab.ts';

const USAGE = 'usage: npm run new -- lab <lesson> <name>';

const root = process.cwd();
const [kind, lesson, name] = process.argv.slice(2);

async function main(): Promise<number> {
  if (kind !== 'lab' || lesson === undefined || name === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const lessons = readCourse(root).lessons.map(({ slug }) => slug);
  const files = newLab(root, lesson, name, lessons);
  process.stdout.write(`${files.join('\n')}\n`);
  const { problems } = await proveAndKeep(root, `${lesson}/${name}`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  process.stdout.write(
    `Proved. Change a file, and prove it again: npm run -s lab -- prove ${lesson}/${name}\n`,
  );
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
