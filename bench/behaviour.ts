/** What a peer shows and holds, each found out by doing it to the live peer. */

import { coldShown, billingShown, stateKept } from './behaviour/shown.ts';
import type { Cell, Check } from './behaviour/check.ts';
import { concurrencyLimit, memoryLimit, scaleToZero, timeLimit } from './behaviour/limits.ts';
import type { Limits, Peer } from './peer.ts';
import { RunningPeer } from './running-peer.ts';

interface Behaviour {
  readonly title: string;
  readonly check: Check;
  /** What the peer is told, where it has an option. */
  readonly limits: Limits;
}

/** Small, so that they are reached soon. */
const STRICT: Limits = { idleMs: 1_000, timeoutS: 2, memoryMb: 128, instances: 2 };

export const BEHAVIOURS: readonly Behaviour[] = [
  { title: 'cold start shown', check: coldShown, limits: {} },
  { title: 'state kept while warm', check: stateKept, limits: {} },
  { title: 'billing shown', check: billingShown, limits: {} },
  { title: 'scale to zero', check: scaleToZero, limits: STRICT },
  { title: 'concurrency limit', check: concurrencyLimit, limits: STRICT },
  { title: 'time limit, then recovery', check: timeLimit, limits: STRICT },
  { title: 'memory limit, then recovery', check: memoryLimit, limits: STRICT },
];

/** By title. A peer is started anew when its limits change, and when a check has ended it. */
export async function behave(
  peer: Peer,
  onCheck: (title: string) => void,
): Promise<Map<string, Cell>> {
  const cells = new Map<string, Cell>();
  let running: RunningPeer | null = null;
  let told: Limits | null = null;
  try {
    for (const { title, check, limits } of BEHAVIOURS) {
      onCheck(title);
      if (running === null || told !== limits || !running.alive) {
        await running?.stop();
        running = null;
        running = await RunningPeer.start(peer, limits);
        told = limits;
      }
      cells.set(title, await check(running));
    }
  } finally {
    await running?.stop();
  }
  return cells;
}
