/**
 * Reads the choice of a policy for a platform with real instances: from a command line
 * (`kpa:target=1,stableWindowMs=6000`) or as JSON (`{ "name": "kpa", "target": 1 }`).
 */

import { fromText, readOptions, asMessageText, type Option, type OptionTable } from '../option.ts';
import { makePolicy, POLICY_OPTIONS, type PolicyChoice } from './policies.ts';

/**
 * Reads a policy from command-line text.
 *
 * @param text a name, and after a colon its options: `kpa:target=1,stableWindowMs=6000`
 * @throws RangeError saying what was expected, what came, and what to do
 */
export function parsePolicy(text: string): PolicyChoice {
  const [, name = '', list = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
  const declared = optionsOf(name.trim());
  const parts = list === '' ? [] : list.split(',');
  const options = parts.map((part) => {
    const [, option, value] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (option === undefined || value === undefined) {
      throw new RangeError(
        `The policy "${text}" has "${part}". Expected an option and its value, such as ${name}:maxQueued=10.`,
      );
    }
    return [
      option,
      Object.hasOwn(declared, option) ? fromText(declared[option] as Option, value) : value,
    ];
  });
  return checked(name.trim(), Object.fromEntries(options) as Record<string, unknown>);
}

/**
 * Reads a policy from parsed JSON.
 *
 * @param value an object with a name and options, as in a scenario
 * @throws RangeError saying what was expected, what came, and what to do
 */
export function readPolicy(value: unknown): PolicyChoice {
  if (typeof value !== 'object' || value === null || !('name' in value)) {
    throw new RangeError(
      `A policy is an object with a name, such as {"name":"kpa","target":1}; ${asMessageText(value)} came.`,
    );
  }
  const { name, ...options } = value;
  return checked(String(name), options);
}

function checked(name: string, given: Readonly<Record<string, unknown>>): PolicyChoice {
  const options = readOptions(optionsOf(name), given, {
    of: `The policy ${name}`,
    subject: (option) => `The option ${option} of ${name}`,
    setting: 'real',
  });
  const choice = { name, ...options } as PolicyChoice;
  // The policy's constructor checks options against each other.
  makePolicy(choice);
  return choice;
}

function optionsOf(name: string): OptionTable {
  if (Object.hasOwn(POLICY_OPTIONS, name)) return POLICY_OPTIONS[name as PolicyChoice['name']];
  const names = Object.keys(POLICY_OPTIONS).join(', ');
  throw new RangeError(`There is no policy "${name}". Expected one of ${names}.`);
}
