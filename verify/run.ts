/**
 * `npm run -s verify -- TARGET [--install]`: builds the project for another place with that place's
 * own tools, calls every function of what was built, and ends with `agree: N/N` cases. The exit
 * status is 0 only when all agree.
 */

import { parseArgs } from 'node:util';
import { scanFunctions } from '../faas/project/functions.ts';
import { readPlatformFile } from '../faas/project/platform-file.ts';
import { readCourse } from '../src/authoring/course.ts';
import { demoCases } from './demo-cases.ts';
import { FUNCTION_CASES } from './function-cases.ts';
import type { Target } from './target.ts';
import { vercel } from './vercel/vercel.ts';
import { agreeLine, allAgree, tryCases } from './verdict.ts';

const TARGETS: Readonly<Record<string, Target>> = { vercel };

const HELP = `npm run -s verify -- TARGET [--install]

  TARGET       ${Object.keys(TARGETS).join(', ')}
  --install    first gets what TARGET needs and this machine lacks
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { install: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) return say(HELP);
  const [name = ''] = positionals;
  const target = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined;
  if (target === undefined || positionals.length !== 1) {
    const came = positionals.length === 0 ? 'none' : `"${positionals.join(' ')}"`;
    throw new Error(`Expected one target of ${Object.keys(TARGETS).join(', ')}, got ${came}.`);
  }
  if (values.install === true) target.install(tell);
  const missing = target.missing();
  if (missing.length > 0) {
    throw new Error(`${target.title} cannot be tried here:\n  ${missing.join('\n  ')}`);
  }
  process.exitCode = (await verify(target, process.cwd())) ? 0 : 1;
}

async function verify(target: Target, root: string): Promise<boolean> {
  const functions = scanFunctions(root).map(({ route }) => route);
  const { content } = readPlatformFile(root, functions);
  const cases = [...FUNCTION_CASES, ...demoCases(readCourse(root), content?.grants)];
  const deployment = await target.deploy(root, tell);
  try {
    const verdicts = await tryCases(deployment, functions, cases);
    for (const { title, disagreement } of verdicts) {
      say(disagreement === null ? `  ok       ${title}` : `  differs  ${title}: ${disagreement}`);
    }
    for (const left of deployment.left) say(`  not tried  ${left.function}: ${left.reason}`);
    say(agreeLine(verdicts));
    return allAgree(verdicts);
  } finally {
    await deployment.stop();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
