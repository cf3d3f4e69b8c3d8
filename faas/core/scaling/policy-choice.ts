/**
 * A policy as a person names it: on a command line (`kpa:target=1,stableWindowMs=6000`) or as JSON
 * (`{ "name": "kpa", "target": 1 }`). What each option means stands beside it in its policy's file.
 */

import { makePolicy, type PolicyChoice } from './policies.ts';

/** What an option may be. */
interface Rule {
  readonly expected: string;
  allows(value: unknown): boolean;
}

/** JSON and a command line have no infinity. */
const UNLIMITED = 'unlimited';

const number = (expected: string, isRight: (value: number) => boolean): Rule => ({
  expected,
  allows: (value) => typeof value === 'number' && Number.isFinite(value) && isRight(value),
});
const whole = (least: number, most = Infinity): Rule =>
  number(
    most === Infinity ? `a whole number ≥ ${least}` : `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && value >= least && value <= most,
  );
const above = (bound: number): Rule => number(`a number > ${bound}`, (value) => value > bound);
const between = (least: number, most: number): Rule =>
  number(`a number from ${least} to ${most}`, (value) => value >= least && value <= most);
const oneOf = (...values: readonly unknown[]): Rule => ({
  expected: values.map((value) => JSON.stringify(value)).join(' or '),
  allows: (value) => values.includes(value),
});
const orUnlimited = ({ expected, allows }: Rule): Rule => ({
  expected: `${expected}, or "${UNLIMITED}"`,
  allows: (value) => value === Infinity || allows(value),
});

const ms = between(0, 86_400_000);
/** Each is a process or a worker on the reader's machine. */
const instances = whole(1, 1000);
const kept = whole(0, 1000);
const queue = { maxQueued: orUnlimited(whole(0)), maxQueueMs: orUnlimited(ms) };

export const POLICY_OPTIONS = {
  'keep-alive': {
    idleTimeoutMs: orUnlimited(ms),
    maxInstances: instances,
    provisionedConcurrency: kept,
    ...queue,
  },
  concurrent: {
    concurrency: whole(1),
    maxInstances: instances,
    minInstances: kept,
    idleTimeoutMs: orUnlimited(ms),
    ...queue,
  },
  fixed: { servers: instances, concurrency: whole(1), ...queue },
  kpa: {
    containerConcurrency: whole(0),
    target: above(0),
    targetUtilization: number('a number > 0 and ≤ 1', (value) => value > 0 && value <= 1),
    stableWindowMs: between(6000, 3_600_000),
    panicWindowPercentage: between(1, 100),
    panicThresholdPercentage: between(110, 1000),
    maxScaleUpRate: above(1),
    maxScaleDownRate: above(1),
    activationScale: whole(1),
    scaleDownDelayMs: ms,
    targetBurstCapacity: number('a number ≥ 0, or -1', (value) => value >= 0 || value === -1),
    minScale: kept,
    maxScale: instances,
    initialScale: kept,
    atZero: oneOf(true, false),
    enableScaleToZero: oneOf(true, false),
    scaleToZeroGraceMs: above(0),
    podRetentionMs: ms,
    aggregation: oneOf('linear', 'weighted'),
    ...queue,
  },
} as const satisfies Record<PolicyChoice['name'], Readonly<Record<string, Rule>>>;

/**
 * @param text a name, and after a colon its options: `kpa:target=1,stableWindowMs=6000`
 * @throws RangeError saying what was expected, what came, and what to do
 */
export function parsePolicy(text: string): PolicyChoice {
  const [, name = '', list = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
  const parts = list === '' ? [] : list.split(',');
  const options = parts.map((part) => {
    const [, option, value] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (option !== undefined && value !== undefined) return [option, fromText(value)] as const;
    throw new RangeError(
      `The policy "${text}" has "${part}". Expected an option and its value, such as ${name}:maxQueued=10.`,
    );
  });
  return checked(name.trim(), options);
}

/**
 * @param value an object with a name and options, as in a scenario
 * @throws RangeError saying what was expected, what came, and what to do
 */
export function readPolicy(value: unknown): PolicyChoice {
  if (typeof value !== 'object' || value === null || !('name' in value)) {
    throw new RangeError(
      `A policy is an object with a name, such as {"name":"kpa","target":1}; ${shown(value)} came.`,
    );
  }
  const { name, ...options } = value;
  return checked(String(name), Object.entries(options));
}

function checked(
  name: string,
  given: readonly (readonly [option: string, value: unknown])[],
): PolicyChoice {
  const rules: Readonly<Record<string, Rule>> | undefined = isName(name)
    ? POLICY_OPTIONS[name]
    : undefined;
  if (rules === undefined) {
    const names = Object.keys(POLICY_OPTIONS).join(', ');
    throw new RangeError(`There is no policy "${name}". Expected one of ${names}.`);
  }
  const options = given.map(([option, raw]) => {
    const rule = Object.hasOwn(rules, option) ? rules[option] : undefined;
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ');
      throw new RangeError(`The policy ${name} has no option "${option}". Its options: ${known}.`);
    }
    const value = raw === UNLIMITED ? Infinity : raw;
    if (rule.allows(value)) return [option, value] as const;
    throw new RangeError(
      `The option ${option} of ${name} is ${shown(raw)}. Expected ${rule.expected}; leave it out for its default.`,
    );
  });
  const choice = { name, ...Object.fromEntries(options) } as PolicyChoice;
  // What one option says of another, the policy itself knows.
  makePolicy(choice);
  return choice;
}

function isName(name: string): name is PolicyChoice['name'] {
  return Object.hasOwn(POLICY_OPTIONS, name);
}

function fromText(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
