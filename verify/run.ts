/**
 * `npm run -s verify -- TARGET [--install]`: builds the project for another place with that place's
 * own tools, calls every function of what was built, and ends with `agree: N/N` cases; or, for `queue`,
 * kills what delivers messages, and counts the kills. The exit status is 0 only when all agree.
 */

import { parseArgs } from 'node:util';
import { scanFunctions } from '../faas/project/functions.ts';
import { readPlatformFile } from '../faas/project/platform-file.ts';
import { readCourse } from '../src/authoring/course.ts';
import { demoCases } from './demo-cases.ts';
import { FUNCTION_CASES } from './function-cases.ts';
import { verifyQueue } from './queue/queue.ts';
import type { Target } from './target.ts';
import { vercel } from './vercel/vercel.ts';
import { agreeLine, allAgree, tryCases } from './verdict.ts';

const TARGETS: Readonly<Record<string, Target>> = { vercel };

const HELP = `npm run -s verify -- TARGET [--install]

  TARGET       ${Object.keys(TARGETS).join(', ')}
  --install    first gets what TARGET needs and this machine lacks

npm run -s verify -- queue [--kills 100] [--seed N] [--consumer remembers]

  Kills consumer, gateway and Postgres at random moments while messages flow. At the end nothing
  that was accepted may be lost, and each effect must be there once.

  --kills      how many
  --seed       draws who is killed, and when; each run says its own
  --consumer   acts-first is one that is wrong on purpose: it acts before it remembers
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      install: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      kills: { type: 'string' },
      seed: { type: 'string' },
      consumer: { type: 'string' },
    },
  });
  if (values.help === true) return say(HELP);
  const [name = ''] = positionals;
  if (name === 'queue' && positionals.length === 1) {
    process.exitCode = (await verifyQueue(values, say)) ? 0 : 1;
    return;
  }
  const target = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined;
  if (target === undefined || positionals.length !== 1) {
    const came = positionals.length === 0 ? 'none' : `"${positionals.join(' ')}"`;
    throw new Error(
      `Expected one target of ${[...Object.keys(TARGETS), 'queue'].join(', ')}, got ${came}.`,
    );
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
