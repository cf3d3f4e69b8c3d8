/** The options of `npm start`: each is declared once, and read from flags and environment variables. */

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { helpTable } from '../core/option-help.ts';
import { fromText, inUse, allows, refusal, type Filled, type Option } from '../core/option.ts';
import { POOL_OPTIONS } from '../core/scaling/pool-options.ts';
import { MAX_BODY_BYTES } from '../platform/host-options.ts';
import { parsePolicies, policyHelp, type StartPolicies } from './policy-option.ts';

/** Each is a flag too: `FAAS_IDLE_TIMEOUT_MS` is `--idle-timeout-ms`. */
export const START_OPTIONS = {
  port: {
    env: 'PORT',
    type: 'number',
    isWhole: true,
    least: 0,
    most: 65_535,
    default: 4321,
    meaning: 'port to listen on, 0 takes any free one',
  },
  idleTimeoutMs: { env: 'FAAS_IDLE_TIMEOUT_MS', ...POOL_OPTIONS.idleTimeoutMs },
  freezeIdle: { env: 'FAAS_FREEZE_IDLE', ...POOL_OPTIONS.freezeIdle },
  maxInstances: { env: 'FAAS_MAX_INSTANCES', ...POOL_OPTIONS.maxInstances },
  maxQueued: { env: 'FAAS_MAX_QUEUED', ...POOL_OPTIONS.maxQueued },
  maxQueueMs: { env: 'FAAS_MAX_QUEUE_MS', ...POOL_OPTIONS.maxQueueMs },
  storeIdleMs: {
    env: 'FAAS_STORE_IDLE_MS',
    type: 'number',
    unit: 'ms',
    least: 0,
    most: 86_400_000,
    default: 10_000,
    orUnlimited: true,
    meaning: 'time without a statement until the functions’ database is stopped',
  },
  deliverTo: {
    env: 'FAAS_DELIVER_TO',
    type: 'text',
    default: '',
    meaning:
      'origin of functions deployed elsewhere, https://course.vercel.app: queues deliver to them over HTTP, and not to those here',
  },
  maxBodyBytes: { env: 'FAAS_MAX_BODY_BYTES', ...MAX_BODY_BYTES },
  shutdownMs: {
    env: 'FAAS_SHUTDOWN_MS',
    type: 'number',
    unit: 'ms',
    least: 0,
    most: 3_600_000,
    default: 15_000,
    meaning: 'longest time to finish what is in flight when the server is asked to stop',
  },
  host: {
    env: 'HOST',
    type: 'text',
    default: '127.0.0.1',
    meaning: 'address to listen on',
  },
  allowedHosts: {
    env: 'FAAS_ALLOWED_HOSTS',
    type: 'text',
    default: '',
    meaning: 'more host names to answer for beyond this machine’s own, a,b,c; * is any',
  },
  token: {
    env: 'FAAS_TOKEN',
    type: 'text',
    default: '',
    meaning: 'opens the controls to callers from elsewhere; each start makes its own',
  },
} as const satisfies Record<string, Option & { readonly env: string }>;

type Name = keyof typeof START_OPTIONS;
const NAMES = Object.keys(START_OPTIONS) as Name[];

/** The options after parsing, with all defaults filled in. */
export interface ServeOptions extends Omit<Filled<typeof START_OPTIONS>, 'allowedHosts'> {
  /**
   * Token that callers from other machines need to watch or control the platform. @default a new
   * random one for each start
   */
  readonly token: string;
  /** Host names to accept beyond this machine's own; `*` accepts any. */
  readonly allowedHosts: readonly string[];
  /** How functions are scaled. @default keep-alive, all of them */
  readonly policies: StartPolicies;
  /** Whether to build the site first when it is missing or older than its sources. */
  readonly build: boolean;
  readonly help: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws when an option is unknown or out of its range */
export function parseServeOptions(args: readonly string[], env: Environment): ServeOptions {
  const { values }: { values: Record<string, string | boolean | string[] | undefined> } = parseArgs(
    {
      args: [...args],
      options: {
        ...Object.fromEntries(NAMES.map((name) => [flag(name), { type: 'string' as const }])),
        policy: { type: 'string', multiple: true },
        'no-build': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    },
  );
  const read = Object.fromEntries(
    NAMES.map((name) => [name, valueOf(name, values[flag(name)], env)]),
  ) as Filled<typeof START_OPTIONS>;
  return {
    ...read,
    deliverTo: originIn(read.deliverTo),
    token: read.token || randomBytes(16).toString('hex'),
    allowedHosts: read.allowedHosts
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== ''),
    policies: policiesOf(values['policy'], env['FAAS_POLICY'] ?? ''),
    build: values['no-build'] !== true,
    help: values['help'] === true,
  };
}

/** @throws where functions cannot be reached by it */
function originIn(text: string): string {
  if (text === '') return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/') return url.origin;
  throw new Error(
    `--deliver-to is "${text}". Expected an origin such as https://course.vercel.app; leave it out to deliver to the functions here.`,
  );
}

/** A flag overrides the environment, for all functions and for single ones. */
function policiesOf(given: unknown, variable: string): StartPolicies {
  const words = variable.split(/\s+/).filter((word) => word !== '');
  const inherited = parsePolicies(words, 'FAAS_POLICY');
  const { own, ...everywhere } = parsePolicies(Array.isArray(given) ? given : [], '--policy');
  return { ...inherited, ...everywhere, own: { ...inherited.own, ...own } };
}

/** The text that `npm start -- --help` prints. */
export function serveHelpText(): string {
  const rows = NAMES.map((name) => ({
    names: [`--${flag(name)}`, START_OPTIONS[name].env],
    option: START_OPTIONS[name] as Option,
  }));
  const policy: Option = {
    type: 'text',
    default: 'keep-alive',
    meaning: 'how functions are scaled, see below',
  };
  const noBuild: Option = {
    type: 'flag',
    meaning: 'serve dist/ as it is, also when it is missing or old',
  };
  const table = helpTable(
    [
      ...rows,
      { names: ['--policy', 'FAAS_POLICY'], option: policy },
      { names: ['--no-build', ''], option: noBuild },
    ],
    ['option', 'or variable', 'default', 'meaning'],
  );
  return `npm start -- [options]: builds the course when needed, and serves it with its functions.

${table}

${policyHelp()}`;
}

/** `idleTimeoutMs` → `idle-timeout-ms` */
function flag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** An empty variable counts as unset. */
function valueOf(name: Name, given: unknown, env: Environment): unknown {
  const option: Option & { readonly env: string } = START_OPTIONS[name];
  const [source, text] =
    given === undefined ? [option.env, env[option.env] ?? ''] : [`--${flag(name)}`, String(given)];
  if (text === '') return option.default;
  const value = inUse(fromText(option, text));
  if (allows(option, value, 'real')) return value;
  throw new Error(refusal(source, option, text, 'real'));
}
