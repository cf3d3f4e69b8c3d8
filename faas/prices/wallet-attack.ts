/**
 * A denial of wallet: somebody calls a function as often as they can, so that its owner pays. What an
 * hour of it costs without a cap, with one in the function, and with one at the door. Lambda (x86)
 * behind an HTTP API, at list prices.
 */

import { bill, type BillLine } from './bill.ts';
import { apiGatewayHttp, logs, trafficOut } from './tables/around.ts';
import { lambdaX86 } from './tables/lambda.ts';
import { times, usageOf } from './usage.ts';

/** The attack, the function under it, and the limits that hold. */
export interface WalletAttack {
  /** How many calls a second come. ≥ 0 */
  readonly callsPerSecond: number;
  /** What one call takes, warm. > 0 */
  readonly ms: number;
  readonly memoryMb: number;
  /** Instances at once that the account allows (fact T04-05). ≥ 1 */
  readonly accountLimit: number;
  /** Calls a second that the door lets through unless told otherwise (fact T07-20). > 0 */
  readonly doorLimit: number;
  /** Instances at once that the owner allows in the function. ≥ 1 */
  readonly cap: number;
  /** Calls a second that the owner lets through the door. It stays when calls take longer. > 0 */
  readonly doorRate: number;
  /** Written into the log, and sent out, by each call that is answered. ≥ 0 */
  readonly logBytes: number;
  readonly answerBytes: number;
}

/** Where the owner's cap is. */
export type WalletGuard = 'none' | 'function' | 'door';

/** An attack with one guard, by the hour. */
export interface GuardedHour {
  readonly guard: WalletGuard;
  /** Dollars an hour. */
  readonly cost: number;
  /** What it is made of, by the hour. */
  readonly lines: readonly BillLine[];
  /** Calls an hour that the function answers. */
  readonly served: number;
  /** Calls an hour that the door turns away; these cost nothing (fact X17-09). */
  readonly refusedAtDoor: number;
  /** Calls an hour that the door lets through, and bills, and that the function refuses (X17-10). */
  readonly refusedInFunction: number;
  /** Dollars an hour that no attack of such calls exceeds, however many come. */
  readonly ceiling: number;
}

const AN_HOUR = 3600;

/** The hour with each guard, in the order none, function, door. */
export function guardedHours(attack: WalletAttack): readonly GuardedHour[] {
  return (['none', 'function', 'door'] as const).map((guard) => {
    const flood = hourOf({ ...attack, callsPerSecond: Infinity }, guard);
    return { ...hourOf(attack, guard), ceiling: flood.cost };
  });
}

function hourOf(attack: WalletAttack, guard: WalletGuard): GuardedHour {
  const { callsPerSecond, accountLimit, cap, ms, memoryMb } = attack;
  // An instance takes one call at a time.
  const rateOf = (instances: number): number => (instances * 1000) / ms;
  const owned = Math.min(cap, accountLimit);
  const { doorLimit, doorRate } = attack;
  const door = guard === 'door' ? Math.min(doorLimit, doorRate) : doorLimit;
  const through = Math.min(callsPerSecond, door);
  const served = Math.min(through, rateOf(guard === 'function' ? owned : accountLimit));
  const one = usageOf([{ handlerMs: ms, memoryMb, responseBytes: attack.answerBytes }]);
  const list = { freeTier: false, scope: 'marginal' } as const;
  const lines = [
    ...bill(apiGatewayHttp, times(one, through * AN_HOUR), list).lines,
    ...bill(lambdaX86, times(one, served * AN_HOUR), list).lines,
    ...bill(logs, one, { ...list, logBytes: attack.logBytes * served * AN_HOUR }).lines,
    ...bill(trafficOut, times(one, served * AN_HOUR), list).lines,
  ].filter(({ amount, label }) => amount > 0 || label === 'Requests');
  const cost = lines.reduce((sum, { amount }) => sum + amount, 0);
  return {
    guard,
    cost,
    lines,
    served: served * AN_HOUR,
    refusedAtDoor: (callsPerSecond - through) * AN_HOUR,
    refusedInFunction: (through - served) * AN_HOUR,
    ceiling: cost,
  };
}
