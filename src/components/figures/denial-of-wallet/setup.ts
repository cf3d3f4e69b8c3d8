/** What the reader has set: an attack, the function under it, and how long nobody stops it. */

import { LAMBDA_MB, numbersOf, type DialTable } from '../dial.ts';

/** The numbers of the figure, by their names in a link. Declared like every option. */
export const WALLET_DIALS = {
  rate: {
    type: 'number',
    unit: 'calls a second',
    least: 0,
    most: 1_000_000,
    default: 10_000,
    meaning: 'how many calls come',
  },
  ms: {
    type: 'number',
    unit: 'ms',
    least: 100,
    most: 900_000,
    default: 100,
    meaning: 'what one call takes, warm; for shorter ones Lambda limits the rate as well',
    source: 'AWS Lambda: 900 s at most; ten calls a second for each instance (fact T04-06)',
  },
  mb: LAMBDA_MB,
  limit: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 1,
    most: 100_000,
    default: 1000,
    meaning: 'instances at once that the account allows',
    source: 'AWS Lambda’s default (fact T04-05)',
  },
  cap: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 1,
    most: 100_000,
    default: 20,
    meaning: 'instances at once that you allow in the function',
  },
  door: {
    type: 'number',
    unit: 'calls a second',
    least: 1,
    most: 100_000,
    default: 200,
    meaning: 'how many calls you let through the door, however long each takes',
  },
  log: {
    type: 'number',
    unit: 'kB',
    least: 0,
    most: 1000,
    default: 0,
    meaning: 'what each answered call writes into the log',
  },
  answer: {
    type: 'number',
    unit: 'kB',
    least: 0,
    most: 10_000,
    default: 0,
    meaning: 'what each answered call sends to the internet',
  },
  hours: {
    type: 'number',
    unit: 'h',
    isWhole: true,
    least: 0,
    most: 72,
    default: 8,
    meaning: 'how long it goes on before somebody stops it',
  },
} as const satisfies DialTable;

/** Calls a second that the door lets through unless told otherwise: AWS’s default (fact T07-20). */
export const DOOR_LIMIT = 10_000;

/** What the reader has set, by the names of the form's fields. */
export type WalletSetup = { readonly [Name in keyof typeof WALLET_DIALS]: number };

/** @param state as a form or a link has it; what it leaves out is as by default */
export function walletOf(state: URLSearchParams): WalletSetup {
  return numbersOf(WALLET_DIALS, state);
}
