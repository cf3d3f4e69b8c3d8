/**
 * How a lab's named functions are called: as JSON over HTTP, the same for a process, a tab and
 * Python. The file that runs in the instance is `entry-runtime.ts` or `entry_runtime.py`. Types only.
 */

/** One call of a named function. */
export interface EntryCall {
  /** Name of the function that the lab's file exports. */
  readonly entry: string;
  /** JSON values; `{ "$handed": "load" }` stands for the handed-in function of that name. */
  readonly args: readonly unknown[];
}

/** An argument that is a function which the check hands in. */
export interface Handed {
  readonly $handed: string;
}

/** What a handed-in function does each time: a value that comes later, or an error, with its `code`. */
export type HandedAnswer =
  { readonly value: unknown } | { readonly error: string; readonly code?: string };

/** A handed-in function: its answers in turn; the last one goes on for ever. Never empty. */
export type HandedScript = readonly HandedAnswer[];

/** Body of a call to a lab with `entry`. */
export interface EntryRequest {
  /** They all run at once; the first begins first. */
  readonly calls: readonly EntryCall[];
  readonly handed?: Readonly<Record<string, HandedScript>>;
  /**
   * Which of the waiting steps goes on, at each choice, counted from 0 and reckoned modulo their
   * number. A step is the beginning of a call or the answer of a handed-in function. When it has run
   * out, the first that waits goes on. @default []
   */
  readonly schedule?: readonly number[];
}

/** What one call came to. `value` is null where the function answered nothing. */
export type EntryResult =
  { readonly value: unknown } | { readonly error: string; readonly stack: string };

/** One thing that happened while the calls ran. */
export interface EntryStep {
  /** Place of the call in {@link EntryRequest.calls}. */
  readonly call: number;
  readonly does: 'begins' | 'calls' | 'goes on' | 'ends';
  /** Name of the handed-in function; null at the beginning and the end. */
  readonly handed: string | null;
  /** What the handed-in function was given, what it answered, or what the call came to; as JSON. */
  readonly with: unknown;
}

/** What the instance answers. */
export interface EntryAnswer {
  readonly results: readonly EntryResult[];
  readonly steps: readonly EntryStep[];
}

/**
 * Body of a call that leaves its handed-in functions to whoever calls the instance: what they are given
 * comes back, and they answer in a later step. So calls in several instances can share one world.
 */
export interface HeldRequest {
  /** Several belong to calls that know nothing of each other. In TypeScript only. */
  readonly held: HeldStep | readonly HeldStep[];
}

/** One step of one call: it begins, or what it has asked is answered. */
export type HeldStep =
  | { readonly begin: EntryCall; /** Chosen by who calls. */ readonly call: number }
  | { readonly ask: number; readonly answer: HandedAnswer };

/** What has happened in the instance since the step before, once all of it waits or has ended. */
export interface HeldAnswer {
  readonly asks: readonly HeldAsk[];
  readonly ends: readonly { readonly call: number; readonly result: EntryResult }[];
}

/** A handed-in function was called, and waits for its answer. */
export interface HeldAsk {
  /** Unique in the instance. */
  readonly ask: number;
  readonly call: number;
  readonly handed: string;
  /** What it was given; as JSON. */
  readonly with: unknown;
}
