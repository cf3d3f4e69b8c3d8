/**
 * Describes a function before it runs. Name, revision and route are separate: a call arrives by a
 * route, a route leads to one or more revisions, and all revisions of a function share its name.
 */

/** The language runtime of a function's instances. */
export type Runtime = 'node' | 'python';

/** One revision of one function: identity, source and limits. */
export interface FunctionSpec {
  /**
   * Names the function in the trace, the pools, policies, faults and controls; no two functions of a
   * platform share it. A function of the project's folder is named for its file: `/api/items/[id]`.
   */
  readonly name: string;
  /** Tells this version of the function from others of the same name: `3f9ac104`. */
  readonly revision: string;
  /** The URLs that lead to it, in Vercel's form: `/api/items/[id]`. */
  readonly route: string;
  /** Source file, relative to the project, with forward slashes: `api/items/[id].ts`. */
  readonly file: string;
  /** What its instances run on. */
  readonly runtime: Runtime;
  /** Methods it answers, upper case. A `fetch` handler takes them all. */
  readonly methods: readonly string[];
  /** SHA-256 of the source file, lower-case hex: proves that the code shown is the code that ran. */
  readonly code: string;
  /** Longest time one invocation may take, in seconds. @default 10 */
  readonly maxDurationS: number;
  /** Most private memory one instance may hold, in MB (10^6 bytes). @default 256 */
  readonly memoryMb: number;
}

/** A key that is unique to one revision of one function; the platform keys its pools by it. */
export function revisionKey({ name, revision }: Pick<FunctionSpec, 'name' | 'revision'>): string {
  return `${name}@${revision}`;
}
