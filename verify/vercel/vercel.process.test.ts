import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanFunctions } from '../../faas/project/functions.ts';
import { readPlatformFile } from '../../faas/project/platform-file.ts';
import { readCourse } from '../../src/authoring/course.ts';
import { demoCases } from '../demo-cases.ts';
import { FUNCTION_CASES } from '../function-cases.ts';
import type { Deployment } from '../target.ts';
import { agreeLine, tryCases } from '../verdict.ts';
import { buildForVercel, type Build } from './build.ts';
import { Output } from './output.ts';
import { cliMissing, pythonTools } from './tools.ts';
import { deploymentOf } from './vercel.ts';

const ROOT = process.cwd();
const missing = cliMissing();
/** A whole build of the course, with its recordings. */
const BUILD_LIMIT_MS = 600_000;

describe.skipIf(missing !== null)(`the course as Vercel builds it (${missing ?? 'CLI'})`, () => {
  const tools = pythonTools();
  const python = typeof tools === 'string' ? null : tools;
  const functions = scanFunctions(ROOT).filter(
    ({ runtime }) => runtime === 'node' || python !== null,
  );
  const paths = functions.map(({ route }) => route);
  const { content } = readPlatformFile(ROOT, paths);
  const cases = [...FUNCTION_CASES, ...demoCases(readCourse(ROOT), content?.grants)].filter(
    (one) => one.function === null || paths.includes(one.function),
  );
  let build: Build;
  let deployment: Deployment | null = null;

  beforeAll(() => {
    build = buildForVercel(ROOT, python);
  }, BUILD_LIMIT_MS);
  afterAll(() => deployment?.stop());

  async function agreement(): Promise<string> {
    await deployment?.stop();
    deployment = await deploymentOf(ROOT, build, python?.python ?? null, []);
    return agreeLine(await tryCases(deployment, paths, cases));
  }

  test('every function and every page agrees, until one is broken', async () => {
    const whole = await agreement();
    const [, agreed = '', all = ''] = /^agree: (\d+)\/(\d+)$/.exec(whole) ?? [];
    expect(agreed).toBe(all);
    const ofWork = cases.filter((one) => one.function === '/api/work').length;
    expect(ofWork).toBeGreaterThan(0);

    rmSync(join(build.output, 'functions/api/work.func/api/_lib/bad-request.js'));
    expect(await agreement()).toBe(`agree: ${Number(all) - ofWork}/${all}`);
  });

  test.skipIf(python === null)(
    'a Python function takes along its packages and api/, no more',
    () => {
      const { filePathMap = {} } = new Output(build.output).functions.get('/api/py/hello') ?? {};
      const folders = new Set(Object.keys(filePathMap).map((file) => file.split('/')[0]));
      expect([...folders].sort()).toEqual(['_vendor', 'api']);
    },
  );
});
