/** Cold starts that the project lambda-perf measured on AWS Lambda; `README.md` says how. */

import csv from './lambda-perf-2026-08-22.csv?raw';

/** Where the table is from, and the day it was measured. */
export const LAMBDA_PERF = {
  project: 'maxday/lambda-perf',
  url: 'https://github.com/maxday/lambda-perf',
  measured: new Date('2026-08-22T00:00:00Z'),
} as const;

/** One configuration of a function that does nothing. Its times are means of `samples` cold starts. */
export interface MeasuredStart {
  /** As lambda-perf calls it: `nodejs24.x`, `go (prov.al2023)`. */
  readonly runtime: string;
  readonly family: Family;
  readonly package: 'zip' | 'image';
  readonly memoryMb: number;
  readonly arch: 'x86_64' | 'arm64';
  /** Init as Lambda reports it: without finding a machine, without fetching the code. */
  readonly initMs: number;
  /** The first call, after init. */
  readonly firstCallMs: number;
  readonly samples: number;
}

/** Runtimes by family, with the beginnings of their names. The first that fits counts. */
const FAMILIES = {
  'Node.js': ['nodejs'],
  'Bun and LLRT': ['bun', 'llrt'],
  Python: ['python'],
  Ruby: ['ruby'],
  'GraalVM and Quarkus': ['graalvm', 'quarkus'],
  Java: ['java'],
  '.NET, compiled ahead': ['dotnet7 aot', 'dotnet8 aot', 'dotnet9 aot', 'dotnet10 aot'],
  '.NET': ['dotnet'],
  Go: ['go '],
  Rust: ['rust'],
  'C++': ['c++'],
  Swift: ['apple swift'],
  'Shell script': ['shell'],
} as const;

/** A group of runtimes of one language, or of one way to run it. */
export type Family = keyof typeof FAMILIES;

/** All families, in a fixed order. */
export const RUNTIME_FAMILIES = Object.keys(FAMILIES) as Family[];

/** @throws when the table has a runtime that belongs to no family */
function familyOf(runtime: string): Family {
  const found = RUNTIME_FAMILIES.find((family) =>
    FAMILIES[family].some((beginning) => runtime.startsWith(beginning)),
  );
  if (found === undefined) throw new Error(`lambda-perf: "${runtime}" belongs to no family.`);
  return found;
}

/** Where a value of the table is what `is` takes. @throws when it is not */
function checked<T extends string>(value: string, is: readonly T[]): T {
  const found = is.find((one) => one === value);
  if (found === undefined)
    throw new Error(`lambda-perf: expected ${is.join(' or ')}, not ${value}.`);
  return found;
}

/** @throws when a row is not what the heading says */
function read(line: string): MeasuredStart {
  const [runtime = '', packed = '', memory, arch = '', init, first, , samples] = line.split(',');
  const start = {
    runtime,
    family: familyOf(runtime),
    package: checked(packed, ['zip', 'image']),
    memoryMb: Number(memory),
    arch: checked(arch, ['x86_64', 'arm64']),
    initMs: Number(init),
    firstCallMs: Number(first),
    samples: Number(samples),
  };
  if (!(start.initMs > 0 && start.firstCallMs > 0 && start.samples > 0 && start.memoryMb > 0)) {
    throw new Error(`lambda-perf: a number is missing in "${line}".`);
  }
  return start;
}

/** Every row, in the order of the table. */
export const MEASURED_STARTS: readonly MeasuredStart[] = csv.trim().split('\n').slice(1).map(read);
