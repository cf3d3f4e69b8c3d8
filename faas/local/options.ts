/** What `npm start` can be told: each option once, with its unit, range and default. */

import { parseArgs } from 'node:util';
import { parsePolicies, policyHelp, type StartPolicies } from './policy-option.ts';

interface NumberOption {
  readonly env: string;
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly meaning: string;
}

/** Each is a flag too: `FAAS_IDLE_TIMEOUT_MS` is `--idle-timeout-ms`. */
const NUMBERS = {
  port: {
    env: 'PORT',
    default: 4321,
    least: 0,
    most: 65_535,
    meaning: 'port to listen on; 0 takes any free one',
  },
  idleTimeoutMs: {
    env: 'FAAS_IDLE_TIMEOUT_MS',
    default: 10_000,
    least: 0,
    most: 86_400_000,
    meaning: 'an instance with nothing to do for this long is stopped',
  },
  maxInstances: {
    env: 'FAAS_MAX_INSTANCES',
    default: 32,
    least: 1,
    most: 1_000,
    meaning: 'most instances of one function at once; further requests queue',
  },
  maxQueued: {
    env: 'FAAS_MAX_QUEUED',
    default: 1_000,
    least: 0,
    most: 100_000,
    meaning: 'most requests that wait for one function; the next is refused with 429',
  },
  maxQueueMs: {
    env: 'FAAS_MAX_QUEUE_MS',
    default: 30_000,
    least: 0,
    most: 3_600_000,
    meaning: 'longest wait for an instance; then the request is refused with 503',
  },
  maxBodyBytes: {
    env: 'FAAS_MAX_BODY_BYTES',
    default: 6_000_000,
    least: 0,
    most: 1_000_000_000,
    meaning: 'largest request body; a larger one is refused with 413',
  },
  shutdownMs: {
    env: 'FAAS_SHUTDOWN_MS',
    default: 15_000,
    least: 0,
    most: 3_600_000,
    meaning: 'longest time to finish what is in flight when the server is asked to stop',
  },
} as const satisfies Record<string, NumberOption>;

type NumberName = keyof typeof NUMBERS;
const NAMES = Object.keys(NUMBERS) as NumberName[];

export interface Options extends Readonly<Record<NumberName, number>> {
  /** Address to listen on. @default 127.0.0.1 */
  readonly host: string;
  /** Host names to answer for beyond this machine's own; `*` is any. @default [] */
  readonly allowedHosts: readonly string[];
  /** How functions are scaled. @default keep-alive, all of them */
  readonly policies: StartPolicies;
  /** Whether to build the site first when it is missing or older than what it is made from. */
  readonly build: boolean;
  readonly help: boolean;
}

/** @throws when an option is unknown or out of its range */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options {
  const { values }: { values: Record<string, string | boolean | string[] | undefined> } = parseArgs(
    {
      args: [...args],
      options: {
        ...Object.fromEntries(NAMES.map((name) => [flag(name), { type: 'string' as const }])),
        host: { type: 'string' },
        'allowed-hosts': { type: 'string' },
        policy: { type: 'string', multiple: true },
        'no-build': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    },
  );
  const numbers = Object.fromEntries(
    NAMES.map((name) => [name, numberOf(name, values[flag(name)], env)]),
  ) as Record<NumberName, number>;
  return {
    ...numbers,
    host: String(values['host'] ?? (env['HOST'] || '127.0.0.1')),
    allowedHosts: String(values['allowed-hosts'] ?? env['FAAS_ALLOWED_HOSTS'] ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
    policies: policiesOf(values['policy'], env['FAAS_POLICY'] ?? ''),
    build: values['no-build'] !== true,
    help: values['help'] === true,
  };
}

/** A flag wins over the environment, for all functions and for one. */
function policiesOf(given: unknown, variable: string): StartPolicies {
  const words = variable.split(/\s+/).filter((word) => word !== '');
  const inherited = parsePolicies(words, 'FAAS_POLICY');
  const { own, ...everywhere } = parsePolicies(Array.isArray(given) ? given : [], '--policy');
  return { ...inherited, ...everywhere, own: { ...inherited.own, ...own } };
}

export function helpText(): string {
  const rows = [
    ...NAMES.map((name) => {
      const { env, default: value, meaning } = NUMBERS[name];
      return [`--${flag(name)}`, env, String(value), meaning] as const;
    }),
    ['--host', 'HOST', '127.0.0.1', 'address to listen on'] as const,
    ['--allowed-hosts', 'FAAS_ALLOWED_HOSTS', '', 'more host names to answer for, a,b,c'] as const,
    ['--policy', 'FAAS_POLICY', 'keep-alive', 'how functions are scaled; see below'] as const,
    ['--no-build', '', '', 'serve dist/ as it is, also when it is missing or old'] as const,
  ];
  const lines = rows.map(
    ([option, env, value, meaning]) =>
      `  ${option.padEnd(20)}${env.padEnd(23)}${value.padEnd(11)}${meaning}`,
  );
  return `npm start -- [options]: builds the course when needed, and serves it with its functions.

  ${'option'.padEnd(20)}${'or variable'.padEnd(23)}${'default'.padEnd(11)}meaning
${lines.join('\n')}

${policyHelp()}`;
}

/** `idleTimeoutMs` → `idle-timeout-ms` */
function flag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function numberOf(
  name: NumberName,
  given: string | boolean | string[] | undefined,
  env: Readonly<Record<string, string | undefined>>,
): number {
  const { env: variable, default: value, least, most } = NUMBERS[name];
  const [source, text] =
    given !== undefined ? [`--${flag(name)}`, String(given)] : [variable, env[variable] ?? ''];
  if (text === '') return value;
  if (/^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new Error(
    `${source} is "${text}". Expected a whole number from ${least} to ${most}; leave it out for ${value}.`,
  );
}
