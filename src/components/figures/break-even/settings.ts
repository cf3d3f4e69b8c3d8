/** What the reader of the explorer has set, and how it reads in the fragment of a link. */

export interface Settings {
  /** Calls a month. */
  readonly calls: number;
  /** What one call takes. */
  readonly ms: number;
  /** Memory configured for the function. */
  readonly mb: number;
  /** Share of the time in which the CPU works, in per cent; the rest is waiting. */
  readonly cpu: number;
  /** Id of the function's price table. */
  readonly fn: string;
  /** Instances kept ready, where the provider sells that. */
  readonly ready: number;
  readonly free: boolean;
  /** An API gateway before the function, charged for each call. */
  readonly gateway: boolean;
  /** Id of the machine's price table. */
  readonly machine: string;
  readonly machines: number;
  /** A public IPv4 address for each machine; a price that the reader types has its own in it. */
  readonly address: boolean;
  /** What the reader's own machine costs a month. */
  readonly own: number;
}

/** In the order of the form. */
export const DEFAULTS: Settings = {
  fn: 'lambda-x86',
  ms: 100,
  mb: 512,
  cpu: 50,
  ready: 1,
  free: false,
  gateway: false,
  machine: 'ec2-t4g-small',
  own: 10,
  machines: 1,
  address: false,
  calls: 1_000_000,
};

/** What the explorer's axis shows, in calls a month. */
export const LEAST_CALLS = 1e3;
export const MOST_CALLS = 1e9;

/** Least and most of what is typed. */
export const BOUNDS = {
  ms: [1, 900_000],
  mb: [64, 10_240],
  cpu: [0, 100],
  ready: [0, 10_000],
  own: [0, 1_000_000],
  machines: [1, 1000],
  calls: [1, MOST_CALLS],
} as const;

const NAMES = Object.keys(DEFAULTS) as (keyof Settings)[];

/** @param state as a form or a link has it; what it leaves out is as by default */
export function settingsOf(state: URLSearchParams): Settings {
  const read = NAMES.map((name) => {
    const [value, fallback] = [state.get(name), DEFAULTS[name]];
    if (value === null) return [name, fallback];
    if (typeof fallback === 'boolean') return [name, value === '1'];
    return [name, typeof fallback === 'number' ? Number(value) : value];
  });
  return Object.fromEntries(read) as Settings;
}

/** As `formState` reads it from the form. */
export function stateOf(settings: Settings): URLSearchParams {
  return new URLSearchParams(
    NAMES.map((name) => {
      const value = settings[name];
      return [name, typeof value === 'boolean' ? String(Number(value)) : String(value)];
    }),
  );
}
