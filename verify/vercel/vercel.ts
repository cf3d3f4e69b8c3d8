/** `npm run verify -- vercel`: the output of `vercel build`, served and called. */

import { randomUUID } from 'node:crypto';
import { scanFunctions } from '../../faas/project/functions.ts';
import type { Answer, Call, Case } from '../case.ts';
import { openCourseStore } from '../course-store.ts';
import { queueCases } from '../queue-cases.ts';
import { storeCases } from '../store-cases.ts';
import type { Deployment, LeftOut, Target } from '../target.ts';
import { buildForVercel, type Build } from './build.ts';
import { Output } from './output.ts';
import { serveOutput } from './server.ts';
import { siteCases } from './site-cases.ts';
import { cliMissing, installTools, pythonTools, type PythonTools } from './tools.ts';

export const vercel: Target = {
  title: 'Vercel',
  missing: () => [cliMissing()].filter((one) => one !== null),
  install: installTools,
  deploy(root, tell) {
    const python = pythonTools();
    return typeof python === 'string'
      ? withoutPython(root, python, tell)
      : withPython(root, python, tell);
  },
};

/** A package of Python that cannot be had leaves out the Python functions, and nothing else. */
async function withPython(
  root: string,
  python: PythonTools,
  tell: (text: string) => void,
): Promise<Deployment> {
  tell('Building with the Vercel CLI …');
  try {
    return await deploymentOf(root, buildForVercel(root, python), python.python, []);
  } catch (error) {
    if (!(error instanceof Error && /vercel-runtime|\buv\b/.test(error.message))) throw error;
    return withoutPython(root, `It could not be built. ${error.message}`, tell);
  }
}

function withoutPython(
  root: string,
  reason: string,
  tell: (text: string) => void,
): Promise<Deployment> {
  tell('Building with the Vercel CLI, without the Python functions …');
  const left = scanFunctions(root)
    .filter(({ runtime }) => runtime === 'python')
    .map(({ name }) => ({ function: name, reason }));
  return deploymentOf(root, buildForVercel(root, null), null, left);
}

/**
 * Serves what was built; its functions are given a database of ours, as their owner would give them one.
 *
 * @param python interpreter for Python functions; null when none was built
 * @param left functions that were not built, with why
 */
export async function deploymentOf(
  root: string,
  { project, output: folder }: Build,
  python: string | null,
  left: readonly LeftOut[],
): Promise<Deployment> {
  const output = new Output(folder);
  let origin: string | null = null;
  const store = await openCourseStore(root, () => origin);
  const server = await serveOutput(output, project, python, store.variables);
  origin = server.origin;
  return {
    functions: [...output.functions.keys()],
    left,
    cases: [...siteCases(root), ...storeCases(randomUUID()), ...queueCases(randomUUID())],
    asHere: (one) => asPythonSays(one, output),
    call: (call) => request(server.origin, call),
    stop: async () => {
      await server.stop();
      await store.stop();
    },
  };
}

/** A method that a Python function has no handler for is 501 by Python's own server, 405 by ours. */
function asPythonSays(one: Case, { functions }: Output): Case {
  const { runtime = '' } = functions.get(one.function ?? '') ?? {};
  if (!runtime.startsWith('python')) return one;
  const status = one.expect.status.map((code) => (code === 405 ? 501 : code));
  return { ...one, expect: { ...one.expect, status } };
}

async function request(origin: string, call: Call): Promise<Answer> {
  const { method, body = null } = call;
  const headers: HeadersInit = call.type === undefined ? {} : { 'content-type': call.type };
  const response = await fetch(new URL(call.url, origin), { method, headers, body });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: await response.text() };
}
