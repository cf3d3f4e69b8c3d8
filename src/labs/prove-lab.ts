/**
 * Proves a lab: its solution passes, its start does not, each mutant fails by the check that is meant
 * to catch it, and functions that know nothing of the lab fail too. So the checks are tested as well.
 */

import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  failuresOf,
  withoutVarying,
  type Failures,
  type FailedDemand,
} from '#faas/labs/misconception.ts';
import { runChecks, type CheckVerdict } from '#faas/labs/run-checks.ts';
import type { NamedCall } from '#faas/labs/checked-lab.ts';
import { LabStage } from '#faas/labs/lab-stage.ts';
import { judgeAmount, misplaced } from '#faas/labs/sorting.ts';
import { drawParameters, writtenParameters, type ParameterValues } from '#faas/labs/variant.ts';
import type { LabCheck } from '#faas/labs/lab-check.ts';
import { LabBench, PATIENCE_MS, PATIENT, type ModuleHost } from './lab-bench.ts';
import {
  checksOf,
  EXTENSIONS,
  mutantsOf,
  readCode,
  readLab,
  type LabFolder,
  type LabLanguage,
} from './lab-folder.ts';
import { labHash, writeProof, type LabProof } from './proof.ts';
import { alwaysAnswers, doesNothing } from './stand-ins.ts';

/** What came of a proof. */
export interface ProofResult {
  readonly id: string;
  /** What is wrong with the lab; empty when it is proved. */
  readonly problems: readonly string[];
  /** What could not be tried on this machine, and why. */
  readonly skipped: readonly string[];
  /** To be kept beside the lab; null when something is wrong, or could not be tried. */
  readonly proof: LabProof | null;
}

/** Variants that are tried beside the values in the code. */
const SEEDS = ['proof'];

/** Runs a lab's checks against code in one language. */
type Run = (text: string, values: ParameterValues | null, only?: string) => Promise<CheckVerdict[]>;

/** The checks of a lab. */
interface LabChecks {
  readonly run: Run;
  /** Names of those that make its contract. */
  readonly contract: readonly string[];
}

/** Proves one lab, and keeps the proof beside it. @throws when the lab cannot be read */
export async function proveAndKeep(root: string, id: string): Promise<ProofResult> {
  const result = await proveLab(root, id);
  if (result.proof !== null) writeProof(root, readLab(root, id), result.proof);
  return result;
}

/**
 * Proves one lab. The same files give the same proof.
 *
 * @param modulesOf see `LabBench`
 * @throws when the lab cannot be read
 */
export async function proveLab(
  root: string,
  id: string,
  modulesOf: ModuleHost | null = null,
): Promise<ProofResult> {
  const lab = readLab(root, id);
  const checks = await checksOf(root, lab);
  const bench = new LabBench(root, PATIENT, modulesOf);
  const skipped: string[] = [];
  const problems = [...namesInYaml(lab, checks), ...withoutCode(lab), ...strayMutants(root, lab)];
  const mutants: Record<string, Partial<Record<LabLanguage, readonly string[]>>> = {};
  const findings: Record<string, Partial<Record<LabLanguage, FailedDemand>>> = {};
  const blanks: Partial<Record<LabLanguage, string[][]>> = {};
  const start: Partial<Record<LabLanguage, readonly string[]>> = {};
  try {
    for (const language of lab.data.language) {
      const missing = await bench.missing(language);
      if (missing !== null) {
        skipped.push(`${id} in ${language}: ${missing}`);
        continue;
      }
      const run: Run = (text, values, only) =>
        runChecks({
          limitMs: PATIENCE_MS,
          checks: only === undefined ? checks : checks.filter(({ name }) => name === only),
          lab: bench.function(lab, language, text, values),
        });
      const contract = checks.filter(({ level }) => level === 'contract').map(({ name }) => name);
      const proved = await proveLanguage(root, lab, language, { run, contract });
      problems.push(...proved.problems.map((problem) => `${language}: ${problem}`));
      for (const [name, { fails }] of proved.mutants) (mutants[name] ??= {})[language] = fails;
      for (const [name, finding] of proved.findings) (findings[name] ??= {})[language] = finding;
      blanks[language] = proved.blanks;
      start[language] = proved.start;
    }
  } finally {
    bench.close();
  }
  problems.push(...wrongPick(lab, mutants), ...(await wrongAmounts(root, lab)));
  const isWhole = problems.length === 0 && skipped.length === 0;
  const proof = isWhole ? { hash: labHash(root, lab), start, mutants, findings, blanks } : null;
  return { id, problems, skipped, proof };
}

/** How a lab fails in one language. */
interface ProvedLanguage {
  readonly problems: string[];
  readonly mutants: ReadonlyMap<string, Failures>;
  /** See {@link LabProof.findings}. */
  readonly findings: ReadonlyMap<string, FailedDemand>;
  /** See {@link LabProof.start}. */
  readonly start: readonly string[];
  /** See {@link LabProof.blanks}. */
  readonly blanks: string[][];
}

async function proveLanguage(
  root: string,
  lab: LabFolder,
  language: LabLanguage,
  { run, contract }: LabChecks,
): Promise<ProvedLanguage> {
  const code = (name: string): string =>
    readCode(root, `${lab.folder}/${name}${EXTENSIONS[language]}`).text;
  const variants: (ParameterValues | null)[] = [null];
  if (Object.keys(lab.data.parameters).length > 0) {
    variants.push(...SEEDS.map((seed) => drawParameters(lab.data.parameters, seed)));
  }
  const without = ['start', 'solution'].flatMap((name) =>
    Object.keys(lab.data.parameters)
      .filter((parameter) => !(parameter in writtenParameters(code(name))))
      .map(
        (parameter) =>
          `The ${name} has no line that ends in the comment "parameter: ${parameter}".`,
      ),
  );
  const mutants = mutantsOf(root, lab, language);
  const outcomes = new Map<string, Failures>();
  const blanks: string[][] = [];
  let start: readonly string[] = [];
  const jobs = variants.flatMap((values, nth) => {
    // How wrong code fails is kept of the values in the code alone: of others, that it does.
    const runWrong = (text: string): Promise<CheckVerdict[]> =>
      nth === 0 ? run(text, values) : untilOneFails(contract, (name) => run(text, values, name));
    const of = values === null ? '' : ` with ${JSON.stringify(values)}`;
    const solved = async (): Promise<string[]> => {
      const verdicts = await run(code('solution'), values);
      const [first] = verdicts.flatMap((verdict) => verdict.first ?? []);
      const stands: [string, string][] = [
        ['a function that does nothing', doesNothing(lab, language)],
      ];
      if (first) stands.push(['one answer for every call', alwaysAnswers(lab, language, first)]);
      const fooled = await Promise.all(
        stands.map(async ([name, text]) => {
          const stood = await runWrong(text);
          if (nth === 0) blanks.push([...failuresOf(stood).fails]);
          return mustFail(`${name}${of}`, stood);
        }),
      );
      return [...mustPass(`The solution${of}`, verdicts), ...fooled.flat()];
    };
    const started = async (): Promise<string[]> => {
      const verdicts = await runWrong(code('start'));
      if (nth === 0) blanks.push([...(start = failuresOf(verdicts).fails)]);
      return [
        ...mustFail(`the start${of}`, verdicts),
        ...mustRun(verdicts),
        ...(nth === 0 ? untouched(lab, verdicts) : []),
      ];
    };
    const mutated = [...mutants].map(([name, { file, text }]) => async (): Promise<string[]> => {
      const caught = lab.data.mutants[name]?.caught ?? '';
      const verdicts = await run(text, values, nth === 0 ? undefined : caught);
      const outcome = failuresOf(verdicts);
      if (nth === 0) outcomes.set(name, outcome);
      if (outcome.fails.includes(caught)) return [];
      const instead = outcome.fails.map((other) => `"${other}"`).join(', ') || 'nothing';
      return [
        `The mutant ${file}${of} got away from "${caught}" (caught by ${instead}). Sharpen the check, or name another one in lab.yaml.`,
      ];
    });
    return [solved, started, ...mutated];
  });
  const problems = await inTurn(jobs, 2 * availableParallelism());
  const inOrder = new Map(
    [...mutants.keys()].flatMap((name) => {
      const outcome = outcomes.get(name);
      return outcome === undefined ? [] : [[name, outcome] as const];
    }),
  );
  // Two that fail alike say one thing; the order in which they ran says nothing.
  const told = new Set(blanks.map((fails) => JSON.stringify(fails)));
  const different = [...told].sort().map((fails) => JSON.parse(fails) as string[]);
  const again = async (name: string, check: string): Promise<Failures> =>
    failuresOf(await run(mutants.get(name)?.text ?? '', null, check));
  const findings = await telling(inOrder, again);
  return {
    problems: [...without, ...problems.flat()],
    mutants: inOrder,
    findings,
    start,
    blanks: different,
  };
}

/** The verdicts up to the first that did not pass. */
async function untilOneFails(
  names: readonly string[],
  run: (name: string) => Promise<CheckVerdict[]>,
): Promise<CheckVerdict[]> {
  const verdicts: CheckVerdict[] = [];
  for (const name of names) {
    verdicts.push(...(await run(name)));
    if (verdicts.some(({ passed }) => !passed)) break;
  }
  return verdicts;
}

/**
 * What the first failing check of each mutant finds. What came is kept only where `what` does not tell
 * two mutants apart, and without its ids and numbers where a second run finds another text.
 *
 * @param again runs one check of a mutant a second time
 */
async function telling(
  mutants: ReadonlyMap<string, Failures>,
  again: (mutant: string, check: string) => Promise<Failures>,
): Promise<Map<string, FailedDemand>> {
  const keyOf = ({ fails, finding }: Failures): string => JSON.stringify([fails, finding?.what]);
  const keys = [...mutants.values()].map(keyOf);
  const told = new Map<string, FailedDemand>();
  for (const [name, outcome] of mutants) {
    if (outcome.finding === null) continue;
    const { what, came } = outcome.finding;
    const isAlone = keys.filter((key) => key === keyOf(outcome)).length === 1;
    if (isAlone || came === null) {
      told.set(name, { what, came: null });
      continue;
    }
    const { finding } = await again(name, outcome.fails[0] ?? '');
    told.set(name, { what, came: finding?.came === came ? came : withoutVarying(came) });
  }
  return told;
}

function mustPass(what: string, verdicts: readonly CheckVerdict[]): string[] {
  return verdicts.flatMap(({ name, failure }) =>
    failure === null
      ? []
      : [
          `${what} fails "${name}": expected ${failure.what}: ${failure.expected}, came ${failure.came}.`,
        ],
  );
}

function mustFail(what: string, verdicts: readonly CheckVerdict[]): string[] {
  const contract = verdicts.filter(({ level }) => level === 'contract');
  if (contract.some(({ passed }) => !passed)) return [];
  return [`The contract holds for ${what}. Add a check that it fails.`];
}

/** First light is to be reached: where the start has it already, lab.yaml says why. */
function untouched({ data }: LabFolder, verdicts: readonly CheckVerdict[]): string[] {
  const first = [...verdicts, ...data.sortings, ...data.amounts].filter(
    ({ level }) => level === 'first light',
  );
  const isLit = first.every((one) => 'passed' in one && one.passed);
  if (isLit === (data.untouched !== undefined)) return [];
  return isLit
    ? [
        'The untouched start passes first light. Let one of its checks fail, or say under `untouched` in lab.yaml why it passes.',
      ]
    : ['lab.yaml says why the untouched start passes first light, and it does not pass.'];
}

/** A start always runs: it loads, and answers its first call without an error. */
function mustRun(verdicts: readonly CheckVerdict[]): string[] {
  const first = verdicts[0]?.first ?? null;
  if (first !== null && first.status < 500) return [];
  return [`The start does not run: ${first === null ? 'it answers nothing' : first.body}`];
}

/** Checks that lab.yaml names must be there. */
function namesInYaml({ data }: LabFolder, checks: readonly LabCheck[]): string[] {
  const names = checks.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const named: [string, string][] = [
    ...Object.keys(data.hints?.checks ?? {}).map((name): [string, string] => ['hints', name]),
    ...data.candidates.map(({ check }): [string, string] => ['candidates', check]),
    ...Object.entries(data.mutants).map(([of, { caught }]): [string, string] => [of, caught]),
    ...(data.pick?.checks ?? []).map((name): [string, string] => ['pick', name]),
  ];
  const levels = new Set(checks.map(({ level }) => level));
  const unlike = (['first light', 'contract', 'edges'] as const).filter(
    (level) => checks.length > 0 && levels.has(level) !== (data.minutes[level] !== undefined),
  );
  return [
    ...twice.map((name) => `Two checks are called "${name}". Give each a sentence of its own.`),
    ...named
      .filter(([, name]) => !names.includes(name))
      .map(
        ([where, name]) => `lab.yaml names the check "${name}" (${where}), and check.ts has none.`,
      ),
    ...unlike.map((level) => `minutes and check.ts disagree about the level "${level}".`),
  ];
}

/** Right and wrong sortings, and numbers. */
function withoutCode({ data }: LabFolder): string[] {
  const sortings = data.sortings.flatMap(({ id, cards, boxes, wrong }) => {
    const known = boxes.map((box) => box.id);
    const right = Object.fromEntries(cards.map((card) => [card.id, card.belongs]));
    const homeless = cards.filter(({ belongs }) => !known.includes(belongs));
    const empty = boxes
      .filter(({ id: box, decoy = false }) => decoy === cards.some((card) => card.belongs === box))
      .map((box) => box.id);
    return [
      ...homeless.map((card) => `In ${id} the card ${card.id} belongs to no box.`),
      ...empty.map((box) => `In ${id} the box ${box} is empty, or a decoy that is not.`),
      ...misplaced(cards, right).map(
        (card) => `In ${id} the right place of ${card} is judged wrong.`,
      ),
      ...wrong.flatMap((placed, nth) => {
        const strange = Object.entries(placed).filter(
          ([card, box]) => !(card in right) || !known.includes(box),
        );
        if (strange.length > 0)
          return [
            `In ${id} the wrong sorting ${nth + 1} names ${strange.join(': ')}, which is not there.`,
          ];
        const found = misplaced(cards, { ...right, ...placed });
        return found.length === 0 ? [`In ${id} the wrong sorting ${nth + 1} is judged right.`] : [];
      }),
    ];
  });
  const amounts = data.amounts.flatMap((asked) => [
    ...(judgeAmount(asked, asked.answer).isRight
      ? []
      : [`${asked.id}: the answer is judged wrong.`]),
    ...asked.wrong
      .filter(({ answer, says }) => {
        const judged = judgeAmount(asked, answer);
        return judged.isRight || judged.says !== says;
      })
      .map(({ answer }) => `${asked.id}: ${answer} is judged right, or gets another sentence.`),
  ]);
  return [...sortings, ...amounts];
}

/** Numbers that the solution of the first lab in `uses` works out differently. */
async function wrongAmounts(root: string, { data }: LabFolder): Promise<string[]> {
  const asked = data.amounts.filter(({ by }) => by !== undefined);
  if (asked.length === 0) return [];
  const [first] = data.uses;
  if (first === undefined) return ['An amount has `by`, and the lab has no `uses`.'];
  const used = readLab(root, first);
  const { text } = readCode(root, `${used.folder}/solution.ts`);
  const bench = new LabBench(root, PATIENT);
  const stage = new LabStage(
    bench.function(used, 'typescript', text),
    new AbortController().signal,
  );
  const problems: string[] = [];
  try {
    for (const { id, by, answer, tolerance } of asked) {
      const { value } = await stage.run((by?.call ?? []) as unknown as NamedCall);
      const came = Number((value as Record<string, unknown> | null)?.[by?.part ?? '']);
      if (Math.abs(came - answer) <= tolerance) continue;
      problems.push(`${id}: the answer is ${answer}, and the solution of ${used.id} says ${came}.`);
    }
  } finally {
    await stage.close();
    bench.close();
  }
  return problems;
}

/** Mutants without a file, and files that are no mutant of `lab.yaml`. */
function strayMutants(root: string, { folder, data }: LabFolder): string[] {
  const path = join(root, folder, 'mutants');
  const files = existsSync(path) ? readdirSync(path).filter((name) => /\.(ts|py)$/.test(name)) : [];
  const names = new Set(files.map((file) => file.replace(/\.\w+$/, '')));
  return [
    ...Object.keys(data.mutants)
      .filter((name) => !names.has(name))
      .map((name) => `lab.yaml names the mutant ${name}, and mutants/ has no such file.`),
    ...files
      .filter((file) => !(file.replace(/\.\w+$/, '') in data.mutants))
      .map((file) => `mutants/${file} is not named in lab.yaml. Say what its writer believes.`),
  ];
}

/** Some choice of checks catches all mutants of a small test to write, and no smaller one does. */
function wrongPick({ data }: LabFolder, proved: LabProof['mutants']): string[] {
  const { pick } = data;
  if (pick === undefined) return [];
  const catches = (kept: readonly string[]): boolean =>
    pick.mutants.every((name) =>
      Object.values(proved[name] ?? {}).every((fails) => fails.some((one) => kept.includes(one))),
    );
  const unknown = pick.mutants.filter((name) => !(name in proved));
  if (unknown.length > 0)
    return [`pick names the mutants ${unknown.join(', ')}, which are not there.`];
  if (!choices(pick.checks, pick.most).some(catches)) {
    return [`No ${pick.most} of the checks in pick catch all of its mutants.`];
  }
  return choices(pick.checks, pick.most - 1).some(catches)
    ? [`Fewer than ${pick.most} of the checks in pick catch all of its mutants.`]
    : [];
}

/** Every choice of so many. */
function choices(all: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return all.flatMap((one, index) =>
    choices(all.slice(index + 1), count - 1).map((rest) => [one, ...rest]),
  );
}

/** Runs so many jobs at once; results in the order of the jobs. */
async function inTurn<T>(jobs: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mine = next++; mine < jobs.length; mine = next++) {
      results[mine] = await (jobs[mine] as () => Promise<T>)();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
