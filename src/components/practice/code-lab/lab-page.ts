/** A lab as the build shows it: read from the disk, with the values that stand in its start. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { markdownToHtml } from 'satteri';
import { LEVELS, type LabCheck } from '#faas/labs/lab-check.ts';
import { filledIn, writtenParameters, type ParameterValues } from '#faas/labs/variant.ts';
import type { LabHelp, LineTask, PickTask } from '#src/attempt/help.ts';
import { regionOf, withoutMarks } from '#src/code/region.ts';
import { checksOf, labIds, readCode, readLab, type LabFolder } from '#src/labs/lab-folder.ts';
import { questionHash } from '#src/progress/question-hash.ts';
import { provedFailures } from '#src/labs/proof.ts';
import type { FirstCall } from './setup.ts';

const ROOT = process.cwd();
const REGION = 'lines';

/** What of a lab stands in a page from the first paint on. */
export interface LabPage {
  readonly folder: LabFolder;
  /** HTML. */
  readonly task: string;
  /** The start in TypeScript; null for a lab without code. */
  readonly start: string | null;
  /** Of the start: another one means that the lab has changed. */
  readonly version: string;
  readonly levels: readonly {
    readonly level: LabCheck['level'];
    readonly checks: readonly LabCheck[];
  }[];
}

/** Ids of all labs. */
export function allLabs(): string[] {
  return labIds(ROOT);
}

/** Both parts of the id of each lab. They are the same for a checkpoint. */
export function labParams(): { lesson: string; lab: string }[] {
  return allLabs().map((id) => {
    const [lesson = '', lab = ''] = id.split('/');
    return { lesson, lab };
  });
}

/** @throws when there is no such lab, or it has mistakes */
export async function labPage(id: string): Promise<LabPage> {
  const folder = readLab(ROOT, id);
  const start = codeOf(folder, 'start');
  const checks = await checksOf(ROOT, folder);
  return {
    folder,
    task: taskHtml(filledIn(folder.data.task, valuesOf(start))),
    start,
    version: createHash('sha256')
      .update(start ?? folder.data.task)
      .digest('hex')
      .slice(0, 8),
    levels: LEVELS.map((level) => ({
      level,
      checks: checks.filter((check) => check.level === level),
    })).filter((one) => one.checks.length > 0),
  };
}

/** The call that Run makes at first. */
export function firstCall(id: string): FirstCall {
  const folder = readLab(ROOT, id);
  const { calls, run } = folder.data;
  const values = valuesOf(codeOf(folder, 'start'));
  if (calls !== undefined) {
    return { method: 'POST', query: '', body: filledIn(JSON.stringify(calls, null, 1), values) };
  }
  const body = run?.body === undefined ? null : filledIn(run.body, values);
  return { method: run?.method ?? 'GET', query: filledIn(run?.query ?? '', values), body };
}

/** What the page fetches when the reader asks for help. */
export function labHelp(id: string): LabHelp {
  const folder = readLab(ROOT, id);
  const { data } = folder;
  const solution = codeOf(folder, 'solution');
  const fill = filler(valuesOf(solution));
  const { mutants, blanks } = provedFailures(ROOT, folder, 'typescript');
  return {
    example: fill(data.example ?? null),
    hints: fill(data.hints ?? null),
    candidates: data.candidates.filter(isTypeScript),
    order: solution === null ? null : lineTask(solution, data.distractors.filter(isTypeScript)),
    solution: solution === null ? null : `${withoutMarks(solution)}\n`,
    mutants: fill(mutants.filter(({ name }) => data.mutants[name]?.hidden !== true)),
    blanks,
    why: data.why === undefined ? null : { hash: questionHash(data.why), ...fill(data.why) },
    keptOutside: data.keptOutside ?? null,
    pick: pickTask(folder, fill),
    sortings: Object.fromEntries(data.sortings.map(({ id: name, cards }) => [name, cards])),
    amounts: Object.fromEntries(data.amounts.map((amount) => [amount.id, amount])),
  };
}

/** The wrong functions stand without what their first comment gives away. */
function pickTask({ data, folder }: LabFolder, fill: <T>(value: T) => T): PickTask | null {
  if (data.pick === undefined) return null;
  const { question, most, checks, mutants, why } = data.pick;
  const functions = mutants.map((name) =>
    readCode(ROOT, `${folder}/mutants/${name}.ts`).text.replace(/^\/\*\*[^]*?\*\/\s*/, ''),
  );
  return { question: fill(question), most, checks, functions, why: fill(why) };
}

/** A file of the lab in TypeScript; null when it is not there. */
function codeOf({ folder }: LabFolder, name: 'start' | 'solution'): string | null {
  const file = `${folder}/${name}.ts`;
  return existsSync(join(ROOT, file)) ? readCode(ROOT, file).text : null;
}

function valuesOf(code: string | null): ParameterValues {
  return code === null ? {} : writtenParameters(code);
}

/** Every text of a value with the values of the lab's parameters. */
function filler(values: ParameterValues): <T>(value: T) => T {
  return <T>(value: T) =>
    JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
      typeof inner === 'string' ? filledIn(inner, values) : inner,
    ) as T;
}

function isTypeScript({ language }: { readonly language: string }): boolean {
  return language === 'typescript';
}

/** Null when the solution marks no lines. */
function lineTask(solution: string, strays: LineTask['strays']): LineTask | null {
  if (regionOf(solution, REGION) === null) return null;
  const lines = solution.split('\n');
  const from = lines.findIndex((line) => /^\s*\/\/ #region lines\b/.test(line));
  const to = lines.findIndex((line, at) => at > from && /^\s*\/\/ #endregion\b/.test(line));
  const inside = lines.slice(from + 1, to).filter((line) => line.trim() !== '');
  return {
    before: `${withoutMarks(lines.slice(0, from).join('\n'))}\n`,
    after: lines.slice(to + 1).join('\n'),
    lines: inside,
    strays: strays.map(({ line, why }) => ({ line, why })),
  };
}

function taskHtml(markdown: string): string {
  const { html } = markdownToHtml(markdown);
  // Code that scrolls can be reached by keyboard, as everywhere in the course.
  return html.replaceAll('<pre>', '<pre tabindex="0">');
}
