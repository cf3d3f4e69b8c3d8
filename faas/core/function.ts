/** What the platform knows of a function before any of it runs. */

export type Runtime = 'node' | 'python';

export interface FunctionSpec {
  /** The URL it answers, in Vercel's form: `/api/items/[id]`. Also the function's name everywhere. */
  readonly path: string;
  /** Source file, relative to the project, with forward slashes: `api/items/[id].ts`. */
  readonly file: string;
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
