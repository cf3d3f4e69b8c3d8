/** A place that the functions are deployed to, as `npm run verify` builds and calls it. */

import type { Answer, Call, Case } from './case.ts';

export interface Target {
  /** For people: `Vercel`. */
  readonly title: string;
  /** What it needs and this machine lacks, each with how to get it; empty when it can be tried. */
  missing(): string[];
  /** Gets what is missing from where it is published. What cannot be had is still missing then. */
  install(tell: (text: string) => void): void;
  /** @throws when it cannot be built or started */
  deploy(root: string, tell: (text: string) => void): Promise<Deployment>;
}

export interface Deployment {
  /** Paths of the functions that are deployed: `/api/items/[id]`. */
  readonly functions: readonly string[];
  /** Functions that cannot be tried here: not counted, in either direction. */
  readonly left: readonly LeftOut[];
  /** Cases that only this place has. */
  readonly cases: readonly Case[];
  /** A case with what comes of it here, where this place is known to answer otherwise than ours. */
  asHere(one: Case): Case;
  call(call: Call): Promise<Answer>;
  stop(): Promise<void>;
}

export interface LeftOut {
  readonly function: string;
  /** Why, and what to do. */
  readonly reason: string;
}
