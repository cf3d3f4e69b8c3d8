/** How long a recording that is made again waits, so that it finds the front door as the first one did. */

import type { DoorRules } from '#faas/core/rules/route-rules.ts';
import { platformFileHere } from './platform-file-here.ts';

/**
 * @param file the project's own, as it is now, if none is given
 * @returns in ms: how long the empty bucket of `route` takes to fill; 0 where it has none
 */
export function refillMs(
  route: string,
  { rules }: Pick<DoorRules, 'rules'> = platformFileHere(),
): number {
  const throttle = Object.hasOwn(rules, route) ? rules[route]?.throttle : undefined;
  return throttle === undefined ? 0 : Math.ceil((throttle.burst / throttle.rate) * 1000);
}
