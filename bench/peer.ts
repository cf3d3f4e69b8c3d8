/** What the benchmark knows of a peer: how it is started, and which limits it can be told. */

import type { Workspace } from './workspace.ts';

/** Limits that a check asks for. A peer that has no such option is started without. */
export interface Limits {
  /** An instance with nothing to do for this long leaves, in ms. */
  readonly idleMs?: number;
  /** Longest time one call may take, in whole seconds. */
  readonly timeoutS?: number;
  /** Most memory one instance may hold, in MB. */
  readonly memoryMb?: number;
  /** Most instances at once, each with one call. */
  readonly instances?: number;
}

export type Limit = keyof Limits;

export interface Command {
  /** A program of Node and its arguments. */
  readonly args: readonly string[];
  /** Beside what every peer gets. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** @default the workspace */
  readonly cwd?: string;
}

export interface Peer {
  /** For `--only`. */
  readonly id: string;
  readonly title: string;
  /** What runs the handler, in a few words. */
  readonly instance: string;
  /** Packages of `bench/package.json` that it needs. */
  readonly packages: readonly string[];
  /** Path of the handler's URL. */
  readonly path: string;
  /** Limits that it has an option for. */
  readonly has: readonly Limit[];
  /** The time limit of a peer that has one and no option for it, in whole seconds. */
  readonly fixedTimeoutS?: number;
  /** What it shows that a call would cost, with the amount; null when it shows none. */
  readonly bill?: (origin: string) => Promise<string | null>;
  /** Writes what it needs into the workspace, and says how it is started. */
  prepare(workspace: Workspace, port: number, limits: Limits): Command;
}
