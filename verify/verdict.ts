/** Tries every case of a deployment, and says how many agree. */

import { disagreement, type Case } from './case.ts';
import type { Deployment } from './target.ts';

export interface Verdict {
  /** What was tried: `GET /api/hello?name=Ada`. */
  readonly title: string;
  /** What was expected and what came; null when they agree. */
  readonly disagreement: string | null;
}

/** A place that has not answered by then does not agree. */
const CALL_LIMIT_MS = 30_000;

/**
 * One case after another, in their order. A function of the project that is neither deployed nor
 * left out with its reason does not agree, nor does one that no case calls.
 *
 * @param functions paths of the project's functions
 */
export async function tryCases(
  deployment: Deployment,
  functions: readonly string[],
  cases: readonly Case[],
): Promise<Verdict[]> {
  const left = new Set(deployment.left.map((one) => one.function));
  const all = [...cases.map((one) => deployment.asHere(one)), ...deployment.cases];
  const tried = all.filter((one) => one.function === null || !left.has(one.function));
  const verdicts: Verdict[] = [];
  for (const one of tried) verdicts.push(await tryCase(deployment, one));
  const uncalled = functions.filter((path) => !left.has(path) && !calls(tried, path));
  const strange = deployment.functions.filter((path) => !functions.includes(path));
  return [
    ...verdicts,
    ...uncalled.map((path) => ({
      title: path,
      disagreement: 'no case calls it: add one to verify/function-cases.ts, or a demo to a lesson',
    })),
    ...strange.map((path) => ({
      title: path,
      disagreement: 'it is deployed, and no file of api/ is a function of that path',
    })),
  ];
}

export function agreeLine(verdicts: readonly Verdict[]): string {
  return `agree: ${verdicts.filter(agrees).length}/${verdicts.length}`;
}

/** @returns whether there was something to try, and all of it agrees */
export function allAgree(verdicts: readonly Verdict[]): boolean {
  return verdicts.length > 0 && verdicts.every(agrees);
}

function agrees(verdict: Verdict): boolean {
  return verdict.disagreement === null;
}

function calls(cases: readonly Case[], path: string): boolean {
  return cases.some((one) => one.function === path);
}

async function tryCase(deployment: Deployment, { call, expect }: Case): Promise<Verdict> {
  const title = `${call.method} ${call.url}`;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${CALL_LIMIT_MS / 1000} s`)),
      CALL_LIMIT_MS,
    );
  });
  try {
    const answer = await Promise.race([deployment.call(call), late]);
    return { title, disagreement: disagreement(expect, answer) };
  } catch (error) {
    return { title, disagreement: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
