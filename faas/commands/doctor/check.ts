/** One thing that the course needs of a machine. */

/** `ok`: it is there. `without`: a part of the course does not run. `missing`: nothing runs. */
export type State = 'ok' | 'without' | 'missing';

export interface Finding {
  readonly state: State;
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do, in whole sentences; absent exactly when the state is `ok`. */
  readonly cure?: string;
}

export interface Check {
  /** As the report calls it: `Python`. */
  readonly name: string;
  look(): Finding | Promise<Finding>;
}
