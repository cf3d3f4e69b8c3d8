/** One round of one peer: started, asked, looked at and stopped. */

import type { Figures } from './figures.ts';
import type { BareForks } from './bare-fork.ts';
import { load, type LoadResult } from './load.ts';
import { treeMemoryMb } from './memory.ts';
import type { Peer } from './peer.ts';
import { pause } from './pause.ts';
import { RunningPeer } from './running-peer.ts';

export interface Effort {
  /** In ms. */
  readonly warmUpMs: number;
  /** Of each load, in ms. */
  readonly loadMs: number;
  /** Cold starts in each round. Integer ≥ 1. */
  readonly coldStarts: number;
}

/** A peer's own words on what it did, to stand under the tables. */
export type Remark = (text: string) => void;

/** More would not change a percentile, and memory is bounded. */
const MAX_REQUESTS = 300_000;
const FEW_CALLS = 5;
const MANY = 10;
/** After work and before memory is read, in ms. */
const SETTLE_MS = 500;
/** One second is the least that every peer with such an option can be told. */
const IDLE_MS = 1_000;
/** A peer may look for idle instances as seldom as once in the time they may idle. In ms. */
const TO_ZERO_MS = 2 * IDLE_MS + 500;

/** @throws when the peer does not start */
export async function measureWarm(
  peer: Peer,
  figures: Figures,
  { warmUpMs, loadMs }: Effort,
  remark: Remark,
): Promise<void> {
  const running = await RunningPeer.start(peer);
  try {
    figures.add('firstAnswerMs', running.firstAnswerMs);
    const few = await inTurn(running, FEW_CALLS);
    if (few.every(({ count }) => count === 1)) {
      for (const { ms } of few) figures.add('coldMs', ms);
      remark('starts an instance for every call: its warm figures are of cold starts');
    }
    await pause(SETTLE_MS);
    const memoryOne = treeMemoryMb(running.pid);
    figures.add('memoryOneMb', memoryOne);

    const { url } = running;
    const options = { url, warmUpMs, durationMs: loadMs, maxRequests: MAX_REQUESTS };
    const one = await load({ ...options, clients: 1 });
    figures.add('oneP50Ms', one.p50Ms);
    figures.add('oneP99Ms', one.p99Ms);
    figures.add('onePerS', one.requestsPerS);

    const instances = await instancesOf(running);
    figures.add('instances', instances);
    await pause(SETTLE_MS);
    const memoryMany = treeMemoryMb(running.pid);
    if (instances > 1 && memoryOne !== null && memoryMany !== null) {
      figures.add('memoryEachMb', Math.max(0, memoryMany - memoryOne) / (instances - 1));
    }

    const ten = await load({ ...options, clients: MANY });
    figures.add('tenP50Ms', ten.p50Ms);
    figures.add('tenP99Ms', ten.p99Ms);
    figures.add('tenPerS', ten.requestsPerS);
    await pause(SETTLE_MS);
    figures.add('memoryAfterMb', treeMemoryMb(running.pid));
    for (const result of [one, ten]) complain(result, remark);
  } finally {
    await running.stop();
  }
}

/** First calls after the last instance has left. Only for a peer that lets instances leave. */
export async function measureCold(
  peer: Peer,
  figures: Figures,
  { coldStarts }: Effort,
  bareForks: BareForks | null,
): Promise<void> {
  if (!peer.has.includes('idleMs')) return;
  const running = await RunningPeer.start(peer, { idleMs: IDLE_MS });
  try {
    for (let i = 0; i < coldStarts; i += 1) {
      await pause(TO_ZERO_MS);
      const bare = (await bareForks?.measure()) ?? null;
      figures.add('bareListeningMs', bare?.listeningMs ?? null);
      figures.add('bareAnsweredMs', bare?.answeredMs ?? null);
      const answer = await running.answer();
      if (answer?.count === 1) figures.add('coldMs', answer.ms);
    }
  } finally {
    await running.stop();
  }
}

/** @throws when it does not start */
export async function measureStart(peer: Peer, figures: Figures): Promise<void> {
  const running = await RunningPeer.start(peer);
  figures.add('firstAnswerMs', running.firstAnswerMs);
  await running.stop();
}

async function inTurn(running: RunningPeer, calls: number) {
  const answers = [];
  for (let i = 0; i < calls; i += 1) {
    const answer = await running.answer('', 30_000);
    if (answer !== null) answers.push(answer);
  }
  return answers;
}

/** How many there are once ten calls have run at once and are done; those of one call have left. */
async function instancesOf(running: RunningPeer): Promise<number> {
  const wave = Array.from({ length: MANY }, () => running.answer('?do=wait&amount=300', 30_000));
  const answers = (await Promise.all(wave)).filter((answer) => answer !== null);
  const next = await running.answer('', 30_000);
  if (next?.count === 1) return 0;
  return new Set(answers.map(({ instance }) => instance)).size;
}

function complain({ requests, errors }: LoadResult, remark: Remark): void {
  if (errors > 0) remark(`did not answer ${errors} of ${requests} calls with 200`);
}
