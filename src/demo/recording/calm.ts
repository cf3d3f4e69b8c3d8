/** Whether this machine has time to spare: a run that is made while it has none teaches wrong times. */

import { setTimeout as pause } from 'node:timers/promises';

/** Work that is timed, in ms of CPU. */
const SAMPLE_MS = 12;
/** A sample that takes longer than this many times its CPU time had to share its CPU. */
const MOST_STRETCH = 1.5;
/** One sample may be unlucky. */
const SAMPLES = 3;

const PAUSE_MS = 500;

/** Whether most of a few samples got the CPU that they asked for. */
export async function isCalm(stretch: () => number = measureStretch): Promise<boolean> {
  let calm = 0;
  for (let n = 0; n < SAMPLES; n += 1) {
    if (stretch() <= MOST_STRETCH) calm += 1;
    await pause(1);
  }
  return calm > SAMPLES / 2;
}

/**
 * Waits until the machine is calm.
 * @param patienceMs how long before giving up
 * @param pauseMs between two looks
 * @returns whether it is
 */
export async function untilCalm(
  patienceMs: number,
  check: () => Promise<boolean> = isCalm,
  pauseMs = PAUSE_MS,
): Promise<boolean> {
  for (let waited = 0; ; waited += pauseMs) {
    if (await check()) return true;
    if (waited >= patienceMs) return false;
    await pause(pauseMs);
  }
}

/** Time by the clock of a piece of work, in times of its CPU time. */
function measureStretch(): number {
  const began = performance.now();
  const cpu = process.cpuUsage();
  let used = 0;
  while (used < SAMPLE_MS) {
    const { user, system } = process.cpuUsage(cpu);
    used = (user + system) / 1_000;
  }
  return (performance.now() - began) / used;
}
