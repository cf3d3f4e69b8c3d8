/** An attack under each guard: what it costs, computed by the core's prices. */

import { guardedHours, type GuardedHour } from '#faas/prices/wallet-attack.ts';
import { DOOR_LIMIT, type WalletSetup } from './setup.ts';

/** What came of a set-up. */
export interface WalletOutcome {
  readonly setup: WalletSetup;
  /** Without a cap, with one in the function, with a rate at the door. */
  readonly guarded: readonly GuardedHour[];
}

/** The guards in the words of the page. */
export const GUARD_NAMES = {
  none: 'No cap of your own',
  function: 'A cap in the function',
  door: 'A rate at the door',
} as const;

export function walletOutcome(setup: WalletSetup): WalletOutcome {
  const { rate, ms, mb, limit, cap, door, log, answer } = setup;
  const guarded = guardedHours({
    callsPerSecond: rate,
    ms,
    memoryMb: mb,
    accountLimit: limit,
    doorLimit: DOOR_LIMIT,
    cap,
    doorRate: door,
    logBytes: log * 1000,
    answerBytes: answer * 1000,
  });
  return { setup, guarded };
}
