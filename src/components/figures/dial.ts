/** A number that a reader sets in a figure: an option like any other, with a default and an end. */

import type { NumberOption } from '#faas/core/option.ts';

/** A number option with the default and the upper end that a field needs. */
export interface Dial extends NumberOption {
  readonly default: number;
  readonly most: number;
}

/** DialTable by the name of their field, which is part of links. */
export type DialTable = Readonly<Record<string, Dial>>;

/** Memory of a function on Lambda. */
export const LAMBDA_MB = {
  type: 'number',
  unit: 'MB',
  least: 128,
  most: 10_240,
  default: 512,
  meaning: 'memory configured for the function',
  source: 'AWS Lambda: 128 to 10,240 MB',
} as const satisfies Dial;

/** @param state as of the figure's form; what it does not say is as at first */
export function numbersOf<D extends DialTable>(
  dials: D,
  state: URLSearchParams,
): { readonly [Name in keyof D]: number } {
  const numbers = Object.entries(dials).map(([name, dial]) => [
    name,
    Number(state.get(name) ?? dial.default),
  ]);
  return Object.fromEntries(numbers) as { [Name in keyof D]: number };
}
