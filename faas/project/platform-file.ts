/**
 * Reads `api/_platform.json`: what functions are granted, the rules of the front door, and what calls
 * functions by itself. The file is
 * taken whole or not at all, so that a mistake never opens a door.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExpressionAt, type Expression, type ObjectExpression } from 'acorn';
import { conflictIn } from '../core/option.ts';
import { QUEUE_OPTIONS } from '../core/queue/queue-options.ts';
import type { QueuePlan } from '../core/queue/queue-plan.ts';
import type { CorsRule, DoorRules } from '../core/rules/route-rules.ts';
import type { SplitBy, WeightedRevision } from '../core/rules/split.ts';
import { JsonSchema, type SchemaMistake } from '../json-schema/json-schema.ts';
import type { FunctionMistake } from './functions.ts';
import { PLATFORM_FILE_SCHEMA } from './platform-file-schema.ts';

/** Its name in the folder of functions. Files that begin with `_` are no functions. */
export const PLATFORM_FILE = '_platform.json';

/** What the file says. */
export interface PlatformFile extends DoorRules, QueuePlan {
  /** What a function may use beside its own code, by route: `{ '/api/storm': ['store:direct'] }`. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
  /**
   * By the route of a function: that of the one which answers other functions' calls of it where it cannot
   * run itself, such as Python in a tab.
   */
  readonly twins: Readonly<Record<string, string>>;
  /** Revisions that share the calls of a function, by route. */
  readonly revisions: Readonly<Record<string, DeclaredRevisions>>;
}

/** How the file shares the calls of a function. */
export interface DeclaredRevisions {
  /** @default 'caller' */
  readonly by?: SplitBy;
  /** Their weights add up to 100. */
  readonly shares: readonly DeclaredShare[];
}

/** A revision, as it is declared. */
export interface DeclaredShare extends WeightedRevision {
  /** From the root of the project; the function's own file where it is left out. */
  readonly file?: string;
}

/** Begins a grant to call the function of a route. */
const CALL = 'call:';

/** Routes of the functions that the function of a route may call. */
export function callsGranted(grants: PlatformFile['grants'], route: string): string[] {
  const all = Object.hasOwn(grants, route) ? (grants[route] ?? []) : [];
  return all.filter((grant) => grant.startsWith(CALL)).map((grant) => grant.slice(CALL.length));
}

/** Route of the function that answers other functions' calls of this one where it cannot run. */
export function twinAt({ twins }: Pick<PlatformFile, 'twins'>, route: string): string | null {
  return Object.hasOwn(twins, route) ? (twins[route] ?? null) : null;
}

/** Whether the file lets the function of a route use something, such as `objects` or `store:direct`. */
export function isGranted(grants: PlatformFile['grants'], route: string, grant: string): boolean {
  return Object.hasOwn(grants, route) && grants[route]?.includes(grant) === true;
}

/** A mistake in the file; {@link describeMistake} writes it as one line. */
export type PlatformFileMistake = Omit<FunctionMistake, 'spec'>;

/** What came of reading it. */
export interface PlatformFileReading {
  /** Without a file nothing is granted and nothing checked. Null when there are mistakes. */
  readonly content: PlatformFile | null;
  /** Every one, in the order of the schema. */
  readonly mistakes: readonly PlatformFileMistake[];
}

type Path = readonly (string | number)[];

const NOTHING: PlatformFile = {
  grants: {},
  twins: {},
  revisions: {},
  plans: {},
  keys: {},
  rules: {},
  triggers: {},
  schedules: {},
};

let schema: JsonSchema | null = null;

/**
 * Reads and checks the file.
 *
 * @param root folder of the project
 * @param routes of its functions: a rule for none of them is a mistake
 * @param folder the functions' folder in it
 */
export function readPlatformFile(
  root: string,
  routes: readonly string[],
  folder = 'api',
): PlatformFileReading {
  const file = `${folder}/${PLATFORM_FILE}`;
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { content: NOTHING, mistakes: [] };
    }
    const problem = `cannot be read: ${(error as Error).message}.`;
    return { content: null, mistakes: [{ file, line: 1, problem, cure: 'Make it readable.' }] };
  }
  return parsePlatformFile(text, routes, file);
}

/** @param file its name, for messages */
export function parsePlatformFile(
  text: string,
  routes: readonly string[],
  file = `api/${PLATFORM_FILE}`,
): PlatformFileReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const problem = `is not JSON: ${message.replaceAll(/\s+/g, ' ')}.`;
    const cure = 'Correct it there; JSON has no comments, and no comma after the last entry.';
    return { content: null, mistakes: [{ file, line: lineOfError(text, message), problem, cure }] };
  }
  const places = new Places(text);
  schema ??= new JsonSchema(PLATFORM_FILE_SCHEMA);
  const formal = schema.mistakesIn(value).map((mistake) => inWords(mistake));
  const found = [...places.twice().map(saidTwice), ...formal];
  if (found.length === 0)
    found.push(
      ...unknownNames(value as Partial<PlatformFile>, routes, file.replace(/\/[^/]*$/, '')),
    );
  const mistakes = found.map(({ path, problem, cure }) => ({
    file,
    line: places.lineOf(path),
    problem,
    cure,
  }));
  if (mistakes.length > 0) return { content: null, mistakes };
  return { content: { ...NOTHING, ...(value as Partial<PlatformFile>) }, mistakes };
}

/** A mistake and where it stands. */
interface Placed {
  readonly path: Path;
  readonly problem: string;
  readonly cure: string;
}

function inWords({ path, expected, found, cure }: SchemaMistake): Placed {
  const is = found === 'nothing' ? 'is missing' : `is ${found}`;
  return {
    path,
    problem: `${nameOf(path)} ${is}.`,
    cure: `Expected ${expected}.${cure === undefined ? '' : ` ${cure}`}`,
  };
}

function saidTwice(path: Path): Placed {
  return { path, problem: `${nameOf(path)} stands there twice.`, cure: 'Keep one of the two.' };
}

/** Names that mean nothing: routes without a function, plans that nobody has described. */
function unknownNames(
  given: Partial<PlatformFile>,
  routes: readonly string[],
  folder: string,
): Placed[] {
  const {
    grants = {},
    twins = {},
    revisions = {},
    plans = {},
    keys = {},
    rules = {},
    triggers = {},
    schedules = {},
  } = given;
  const unknown = (path: Path, what: string, name: string, known: readonly string[]): Placed[] =>
    known.includes(name)
      ? []
      : [
          {
            path,
            problem: `${nameOf(path)} is for ${what} ${JSON.stringify(name)}, and there is none.`,
            cure: `Expected one of ${known.join(', ') || 'none, as there are none'}.`,
          },
        ];
  const forRoute =
    (part: 'grants' | 'twins' | 'revisions' | 'rules' | 'triggers') => (route: string) =>
      unknown([part, route], 'the function', route, routes);
  const planNames = Object.keys(plans);
  const queueNames = Object.values(triggers).flatMap(({ queue }) => queue?.name ?? []);
  return [
    ...Object.keys(grants).flatMap(forRoute('grants')),
    ...Object.entries(grants).flatMap(([route, all]) =>
      all.flatMap((grant, index) =>
        grant.startsWith(CALL)
          ? unknown(['grants', route, index], 'the function', grant.slice(CALL.length), routes)
          : [],
      ),
    ),
    ...Object.keys(twins).flatMap(forRoute('twins')),
    ...Object.entries(twins).flatMap(([route, twin]) =>
      unknown(['twins', route], 'the function', twin, routes),
    ),
    ...Object.keys(revisions).flatMap(forRoute('revisions')),
    ...Object.entries(revisions).flatMap(([route, { shares }]) =>
      shareMistakes(route, shares, folder),
    ),
    ...Object.entries(rules).flatMap(([route, { cache }]) =>
      cache === undefined || !Object.hasOwn(revisions, route)
        ? []
        : [
            {
              path: ['rules', route, 'cache'],
              problem: `${nameOf(['rules', route, 'cache'])} is for a route that revisions share.`,
              cure: 'Expected one of the two: an answer that is kept would go to callers of another revision.',
            },
          ],
    ),
    ...Object.keys(rules).flatMap(forRoute('rules')),
    ...Object.keys(triggers).flatMap(forRoute('triggers')),
    ...queueMistakes(triggers),
    ...Object.entries(schedules).flatMap(([name, { queue }]) =>
      unknown(['schedules', name, 'queue'], 'the queue', queue, queueNames),
    ),
    ...Object.entries(keys).flatMap(([name, { plan }]) =>
      unknown(['keys', name, 'plan'], 'the plan', plan, planNames),
    ),
    ...Object.entries(rules).flatMap(([route, rule]) => [
      ...(rule.keys?.plans ?? []).flatMap((plan, index) =>
        unknown(['rules', route, 'keys', 'plans', index], 'the plan', plan, planNames),
      ),
      ...openToAll(['rules', route, 'cors'], rule.cors),
      ...(['body', 'query'] as const).flatMap((part) => {
        const of = rule.validation?.[part];
        return of === undefined ? [] : brokenSchema(['rules', route, 'validation', part], of);
      }),
    ]),
  ];
}

/** Names that stand for two, a sum that is not all calls, a file that is a function of its own. */
function shareMistakes(route: string, shares: readonly DeclaredShare[], folder: string): Placed[] {
  const all: Path = ['revisions', route, 'shares'];
  const sum = shares.reduce((of, { weight }) => of + weight, 0);
  const own = shares.filter(({ file }) => file === undefined).length;
  const mistake = (path: Path, problem: string, cure: string): Placed => ({
    path,
    problem: `${nameOf(path)} ${problem}`,
    cure,
  });
  return [
    ...(sum === 100
      ? []
      : [mistake(all, `has weights that add up to ${sum}.`, 'Expected 100: all of its calls.')]),
    ...(own === 1
      ? []
      : [
          mistake(
            all,
            `has ${own} revisions without a file.`,
            'Expected one: that is the file of the function itself.',
          ),
        ]),
    ...(['revision', 'tag', 'file'] as const).flatMap((key) =>
      shares.flatMap((share, index) =>
        share[key] !== undefined && shares.findIndex((one) => one[key] === share[key]) < index
          ? [
              mistake(
                [...all, index, key],
                `is ${JSON.stringify(share[key])}, as of another revision.`,
                'Expected each to have one of its own.',
              ),
            ]
          : [],
      ),
    ),
    ...shares.flatMap(({ file }, index) =>
      file === undefined || isBeside(file, folder)
        ? []
        : [
            mistake(
              [...all, index, 'file'],
              `is ${JSON.stringify(file)}.`,
              `Expected a path below ${folder}/ with a part that begins with _, such as ${folder}/_revisions/greeting.ts: without one it would be a function of its own.`,
            ),
          ],
    ),
  ];
}

/** Whether a file lies beside the functions and is none. */
function isBeside(file: string, folder: string): boolean {
  const parts = file.split('/');
  return (
    file.startsWith(`${folder}/`) &&
    parts.every((part) => part !== '' && !part.startsWith('.')) &&
    parts.some((part) => part.startsWith('_'))
  );
}

/** Two functions for one queue would each see a part of it; a batch has no binary form. */
function queueMistakes(triggers: PlatformFile['triggers']): Placed[] {
  const taken = new Map<string, string>();
  return Object.entries(triggers).flatMap(([route, { queue }]) => {
    if (queue === undefined) return [];
    const at = (name: string): Path => ['triggers', route, 'queue', name];
    const other = taken.get(queue.name);
    taken.set(queue.name, route);
    const conflict = conflictIn(QUEUE_OPTIONS, queue as unknown as Record<string, unknown>);
    return [
      ...(other === undefined
        ? []
        : [
            {
              path: at('name'),
              problem: `${nameOf(at('name'))} is ${JSON.stringify(queue.name)}, whose messages go to ${other}.`,
              cure: 'Expected one function for each queue; send to two queues where two are to know.',
            },
          ]),
      ...(queue.mode === 'binary' && (queue.batch ?? 1) > 1
        ? [
            {
              path: at('mode'),
              problem: `${nameOf(at('mode'))} is "binary", and its batch has up to ${queue.batch} messages.`,
              cure: 'Expected "structured", or a batch of 1: binary mode has one event in a request.',
            },
          ]
        : []),
      ...(conflict === null
        ? []
        : [
            {
              path: at(conflict.name),
              problem: `${nameOf(at(conflict.name))} does not fit.`,
              cure: `Expected ${conflict.expected}; ${conflict.cure}.`,
            },
          ]),
    ];
  });
}

/** A page of any origin that sends the reader's cookies could act as the reader, and read what comes. */
function openToAll(path: Path, cors: CorsRule | undefined): Placed[] {
  if (cors?.credentials !== true || !cors.origins.includes('*')) return [];
  const cure = 'Expected the origins by name, since pages of these may act as the user.';
  return [
    { path: [...path, 'credentials'], problem: `${nameOf(path)} has credentials for "*".`, cure },
  ];
}

function brokenSchema(path: Path, of: ConstructorParameters<typeof JsonSchema>[0]): Placed[] {
  try {
    new JsonSchema(of);
    return [];
  } catch (error) {
    const problem = `${nameOf(path)} means nothing: ${(error as Error).message}.`;
    return [{ path, problem, cure: 'Correct it there.' }];
  }
}

/** `rules["/api/hello"].throttle.rate` */
function nameOf(path: Path): string {
  const [first, ...rest] = path;
  if (first === undefined) return 'the file';
  return rest.reduce<string>(
    (name, step) =>
      typeof step === 'string' && /^[A-Za-z_$][\w$]*$/.test(step)
        ? `${name}.${step}`
        : `${name}[${JSON.stringify(step)}]`,
    String(first),
  );
}

/** Line of a JSON error, from 1: V8 says where it stopped, or only that the text ended. */
function lineOfError(text: string, message: string): number {
  const [, line] = /line (\d+)/.exec(message) ?? [];
  return line === undefined ? text.trimEnd().split('\n').length : Number(line);
}

/** Where the values of a JSON text stand, since JSON is also an expression of JavaScript. */
class Places {
  readonly #root: Expression;

  /** @param text valid JSON */
  constructor(text: string) {
    this.#root = parseExpressionAt(text, 0, { ecmaVersion: 'latest', locations: true });
  }

  /** Line of the key that leads to a value, from 1; of what is around it when it is missing. */
  lineOf(path: Path): number {
    let here: Expression | null = this.#root;
    let line = 1;
    for (const step of path) {
      const next: { value: Expression; line: number } | null = here && stepInto(here, step);
      if (next === null) return line;
      here = next.value;
      line = next.line;
    }
    return line;
  }

  /** Keys that stand in one object more than once: JSON would take the last without a word. */
  twice(): Path[] {
    return [...repeated(this.#root, [])];
  }
}

function stepInto(
  node: Expression,
  step: string | number,
): { value: Expression; line: number } | null {
  if (node.type === 'ArrayExpression') {
    const value = node.elements[Number(step)];
    if (!value || value.type === 'SpreadElement') return null;
    return { value, line: value.loc?.start.line ?? 1 };
  }
  if (node.type !== 'ObjectExpression') return null;
  const entry = entriesOf(node).findLast(({ key }) => key === String(step));
  return entry ?? null;
}

function entriesOf(node: ObjectExpression) {
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Literal') return [];
    const line = property.loc?.start.line ?? 1;
    return [{ key: String(property.key.value), value: property.value, line }];
  });
}

function* repeated(node: Expression, path: Path): Generator<Path> {
  if (node.type === 'ArrayExpression') {
    for (const [index, each] of node.elements.entries()) {
      if (each && each.type !== 'SpreadElement') yield* repeated(each, [...path, index]);
    }
  }
  if (node.type !== 'ObjectExpression') return;
  const seen = new Set<string>();
  for (const { key, value } of entriesOf(node)) {
    if (seen.has(key)) yield [...path, key];
    seen.add(key);
    yield* repeated(value, [...path, key]);
  }
}
