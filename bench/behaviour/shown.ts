/** What a peer tells of what it does: cold starts, bills, and whether an instance remembers. */

import type { Check } from './check.ts';
import { pause } from '../pause.ts';
import type { Reply } from '../reply.ts';
import type { RunningPeer } from '../running-peer.ts';

/** Its output may come a little after its answer. In ms. */
const PRINTED_MS = 300;
const COLD = /\bcold\b|\binit(?:ial)?\b|cold.?start/i;
const BILL = /\bbill|\bcost\b|\bprice|gb-?s\b/i;

/** Says so in a header or a line of its output for the first call, and not for a later one. */
export const coldShown: Check = async (running) => {
  await pause(PRINTED_MS);
  const printedFirst = running.printed;
  await running.ask('', 30_000);
  const before = running.printed.length;
  const later = await running.ask('', 30_000);
  await pause(PRINTED_MS);
  const marks = coldMarks(running.firstReply).filter((mark) => !coldMarks(later).includes(mark));
  const line = lineWith(COLD, printedFirst);
  if (line !== null && lineWith(COLD, running.printed.slice(before)) === null) marks.push(line);
  return marks.length > 0
    ? { verdict: 'yes', seen: `the first call has ${marks.join(', ')}; a later one has not` }
    : { verdict: 'no', seen: 'no header and no output tells the first call from a later one' };
};

function coldMarks({ headers }: Reply): string[] {
  const timing = String(headers['server-timing'] ?? '');
  const marks = ['start', 'init']
    .filter((name) => new RegExp(`\\b${name};dur=`).test(timing))
    .map((name) => `Server-Timing ${name}`);
  for (const [name, value] of Object.entries(headers)) {
    if (COLD.test(name.replaceAll('-', ' '))) marks.push(`${name}: ${String(value)}`);
  }
  return marks;
}

/** The amount itself, or at least the duration that is billed for. */
export const billingShown: Check = async (running) => {
  const bill = (await running.peer.bill?.(running.origin)) ?? null;
  if (bill !== null) return { verdict: 'yes', seen: bill };
  const before = running.printed.length;
  const { headers } = await running.ask('', 30_000);
  await pause(PRINTED_MS);
  const named = Object.entries(headers).find(([name]) => BILL.test(name.replaceAll('-', ' ')));
  const line = lineWith(BILL, running.printed.slice(before)) ?? named?.join(': ') ?? null;
  return line === null
    ? { verdict: 'no', seen: 'no header and no output tells what a call costs' }
    : { verdict: 'partly', seen: `a duration, no amount: ${line}` };
};

export const stateKept: Check = async (running) => {
  const answers = await calls(running, 3);
  const counts = answers.map(({ count }) => count);
  const one = new Set(answers.map(({ instance }) => instance)).size === 1;
  const kept = one && counts.length === 3 && counts.every((n, i) => n === (counts[0] ?? 0) + i);
  return kept
    ? { verdict: 'yes', seen: `three calls in turn counted ${counts.join(', ')}` }
    : { verdict: 'no', seen: `three calls in turn counted ${counts.join(', ') || 'nothing'}` };
};

async function calls(running: RunningPeer, n: number) {
  const answers = [];
  for (let i = 0; i < n; i += 1) {
    const answer = await running.answer('', 30_000);
    if (answer !== null) answers.push(answer);
  }
  return answers;
}

/** The part of a printed line that a reader can use. */
function lineWith(pattern: RegExp, printed: string): string | null {
  const line = printed.split('\n').find((text) => pattern.test(text));
  if (line === undefined) return null;
  const at = line.search(pattern);
  return `“${line.slice(at).trim().slice(0, 60)}”`;
}
