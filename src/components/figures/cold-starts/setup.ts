/** Which functions are started, how often, and which of the rows measured on Lambda stand beside them. */

import {
  MEASURED_STARTS,
  RUNTIME_FAMILIES,
  type Family,
  type MeasuredStart,
} from '#src/measured/lambda-perf.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';

/** A function whose cold starts are measured. */
export interface StartedKind {
  /** Its path. */
  readonly fn: string;
  readonly label: string;
}

/** The first is what the others are compared with. */
export const STARTED_KINDS: readonly StartedKind[] = [
  { fn: '/api/bare', label: 'TypeScript' },
  { fn: '/api/py/bare', label: 'Python' },
  { fn: '/api/eager', label: 'import at the top' },
  { fn: '/api/lazy', label: 'import when asked for' },
];

/** Cold starts of each function. */
export const STARTS = 30;

/** Thirty calls, one after another, each of which starts an instance of its own. */
export function startsPlan({ fn }: StartedKind): CallPlan {
  return {
    call: { function: fn, method: 'GET', url: fn, headers: [], body: null },
    calls: STARTS,
    mode: 'sequence',
    wait: null,
    scaled: { name: 'keep-alive', idleTimeoutMs: 0 },
    allCold: true,
  };
}

/** Which of the measured rows are shown. */
export interface RowChoice {
  /** Null: all families, a strip each; else its runtimes, a strip each. */
  readonly family: Family | null;
  readonly memoryMb: number;
  readonly package: MeasuredStart['package'];
  readonly arch: MeasuredStart['arch'];
}

/** What can be chosen, by the name of the field; the first is chosen first. */
export const ROW_FIELDS = {
  runtime: {
    label: 'Runtime',
    options: [
      { value: 'all', text: 'all of them' },
      ...RUNTIME_FAMILIES.map((family) => ({ value: family, text: family })),
    ],
  },
  memory: {
    label: 'Memory',
    options: [512, 128, 256, 1024].map((mb) => ({
      value: String(mb),
      text: `${mb.toLocaleString('en')} MB`,
    })),
  },
  package: {
    label: 'Package',
    options: [
      { value: 'zip', text: 'zip' },
      { value: 'image', text: 'container image' },
    ],
  },
  arch: {
    label: 'Processor',
    options: [
      { value: 'x86_64', text: 'x86' },
      { value: 'arm64', text: 'Arm' },
    ],
  },
} as const;

/** @param state of the figure's form; what it does not say, or says wrongly, is as at first */
export function rowChoiceOf(state: URLSearchParams): RowChoice {
  const said = (name: keyof typeof ROW_FIELDS): string => {
    const { options } = ROW_FIELDS[name];
    return (options.find(({ value }) => value === state.get(name)) ?? options[0]).value;
  };
  return {
    family: RUNTIME_FAMILIES.find((family) => family === said('runtime')) ?? null,
    memoryMb: Number(said('memory')),
    package: said('package') === 'image' ? 'image' : 'zip',
    arch: said('arch') === 'arm64' ? 'arm64' : 'x86_64',
  };
}

/** The rows of a choice. */
export function rowsOf({ family, ...choice }: RowChoice): MeasuredStart[] {
  return MEASURED_STARTS.filter(
    (row) =>
      (family === null || row.family === family) &&
      row.memoryMb === choice.memoryMb &&
      row.package === choice.package &&
      row.arch === choice.arch,
  );
}

/** What the rows are compared with: Node.js 24 as a zip, on the same memory and processor. */
export function plainRow({ memoryMb, arch }: RowChoice): MeasuredStart {
  const found = MEASURED_STARTS.find(
    (row) =>
      row.runtime === 'nodejs24.x' &&
      row.package === 'zip' &&
      row.memoryMb === memoryMb &&
      row.arch === arch,
  );
  if (found === undefined) throw new Error(`No Node.js 24 was measured with ${memoryMb} MB.`);
  return found;
}
