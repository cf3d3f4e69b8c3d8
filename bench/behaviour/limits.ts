/** Limits, each tried out by going over it, and whether the next call works. */

import type { Cell, Check } from './check.ts';
import { treeMemoryMb } from '../memory.ts';
import { pause } from '../pause.ts';
import { answerOf, type Reply } from '../reply.ts';
import type { RunningPeer } from '../running-peer.ts';

/** A peer that is told nothing of idle time gets as long as ours takes by default, and more. In ms. */
const UNTOLD_IDLE_MS = 12_000;
const TOLD_IDLE_MS = 3_500;
/** A limit that is kept is kept within this, in s. */
const LATE_S = 2;
/** What a peer that has no time limit is given, in s. */
const PATIENCE_S = 5;
const ANOTHER_CALL_MS = 8_000;
const AT_ONCE = 6;
const ALLOWED = 2;
const HELD_MB = 400;

/** Nobody calls for a while; then the next instance is another. */
export const scaleToZero: Check = async (running) => {
  const before = await running.answer('', 30_000);
  const next = await running.answer('', 30_000);
  if (next?.count === 1) {
    return { verdict: 'partly', seen: 'no instance outlives its call, so none is ever warm' };
  }
  const warmMb = treeMemoryMb(running.pid);
  const told = running.peer.has.includes('idleMs');
  const idleMs = told ? TOLD_IDLE_MS : UNTOLD_IDLE_MS;
  await pause(idleMs);
  const zeroMb = treeMemoryMb(running.pid);
  const after = await running.answer('', 30_000);
  if (before === null || after === null) return { verdict: 'no', seen: 'it no longer answered' };
  if (after.count > 1) {
    return { verdict: 'no', seen: `the same instance after ${idleMs / 1000} s without a call` };
  }
  const memory = warmMb && zeroMb ? `; ${warmMb.toFixed(0)} MB became ${zeroMb.toFixed(0)}` : '';
  return { verdict: 'yes', seen: `gone when told to leave after 1 s idle${memory}` };
};

/** Six calls at once, where two may run. */
export const concurrencyLimit: Check = async (running) => {
  const startedAt = performance.now();
  const wave = Array.from({ length: AT_ONCE }, () => running.answer('?do=wait&amount=500', 60_000));
  const answers = (await Promise.all(wave)).filter((answer) => answer !== null);
  const tookS = ((performance.now() - startedAt) / 1000).toFixed(1);
  const instances = new Set(answers.map(({ instance }) => instance)).size;
  const each = Math.max(0, ...answers.map(({ atOnce }) => atOnce));
  const ran = `${AT_ONCE} calls ran ${each} at once in ${plural(instances, 'instance')}`;
  const kept = answers.length === AT_ONCE && instances * each <= ALLOWED;
  if (kept) return { verdict: 'yes', seen: `told ${ALLOWED}: ${ran}, in turn, in ${tookS} s` };
  const told = running.peer.has.includes('instances') ? `told ${ALLOWED}: ` : '';
  return { verdict: 'no', seen: `${told}${ran}` };
};

/** One call that waits too long, one that computes too long; after each, whether another works. */
export const timeLimit: Check = async (running) => {
  const { has, fixedTimeoutS } = running.peer;
  const limitS = has.includes('timeoutS') ? 2 : (fixedTimeoutS ?? null);
  const patienceS = (limitS ?? 0) + PATIENCE_S;
  const tries: { readonly kept: boolean; readonly seen: string }[] = [];
  for (const [task, name] of [
    ['wait', 'waiting'],
    ['spin', 'computing'],
  ] as const) {
    // Not for ever: what no limit ends has ended before the next check.
    const amount = (patienceS + 1) * 1000;
    const reply = await running.ask(`?do=${task}&amount=${amount}`, patienceS * 1000);
    const next = await running.answer('', ANOTHER_CALL_MS);
    const inTime = reply.status > 0 && reply.ms < ((limitS ?? 0) + LATE_S) * 1000;
    const stopped = inTime && answerOf(reply) === null;
    const then = next === null ? 'the next call fails' : 'the next call works';
    tries.push({ kept: stopped && next !== null, seen: `${name}: ${outcome(reply)}, ${then}` });
    if (!stopped) await pause(1_500);
  }
  const all = tries.every(({ kept }) => kept);
  const some = tries.some(({ kept }) => kept);
  const limit = limitS === null ? 'no option' : `limit ${limitS} s`;
  return {
    verdict: all ? 'yes' : some ? 'partly' : 'no',
    seen: `${limit}; ${tries.map(({ seen }) => seen).join('; ')}`,
  };
};

/** A call that holds 400 MB where 128 are allowed. */
export const memoryLimit: Check = async (running): Promise<Cell> => {
  const told = running.peer.has.includes('memoryMb');
  const reply = await running.ask(`?do=hold&amount=${HELD_MB}`, 20_000);
  const limit = told ? 'limit 128 MB' : 'no option';
  if (answerOf(reply) !== null) return { verdict: 'no', seen: `${limit}: held ${HELD_MB} MB` };
  const next = await recovered(running);
  return {
    verdict: next ? 'yes' : 'partly',
    seen: `${limit}: ${outcome(reply)}, the next call ${next ? 'works' : 'fails'}`,
  };
};

async function recovered(running: RunningPeer): Promise<boolean> {
  return (await running.answer('', ANOTHER_CALL_MS)) !== null;
}

function outcome({ status, ms }: Reply): string {
  const after = `after ${(ms / 1000).toFixed(1)} s`;
  if (status === 0) return `no answer ${after}`;
  return status === 200 ? `an error with status 200 ${after}` : `${status} ${after}`;
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
