/** `npm run verify -- queue`: what becomes of messages while everything is killed. */

import { agreeLine, allAgree } from '../verdict.ts';
import { storm } from './storm.ts';
import { CONSUMERS, type Consumer } from './storm-project.ts';

/** Most kills of one run: each takes a second or two. */
const MOST_KILLS = 10_000;
const SEEDS = 2 ** 32;

/** What was typed; each undefined where nothing was. */
export interface QueueFlags {
  readonly kills?: string | undefined;
  readonly seed?: string | undefined;
  readonly consumer?: string | undefined;
}

/**
 * @returns whether all agree
 * @throws when a flag is out of its range
 */
export async function verifyQueue(
  flags: QueueFlags,
  say: (text: string) => void,
): Promise<boolean> {
  const kills = wholeNumber('kills', flags.kills ?? '100', 1, MOST_KILLS);
  const seed =
    flags.seed === undefined
      ? Math.floor(Math.random() * SEEDS)
      : wholeNumber('seed', flags.seed, 0, SEEDS - 1);
  const consumer = consumerOf(flags.consumer ?? 'remembers');
  say(`  seed ${seed}; the same kills again: --seed ${seed}`);
  const { verdicts, accepted, deliveries, resent } = await storm({
    kills,
    seed,
    consumer,
    tell: say,
  });
  for (const { title, disagreement } of verdicts)
    if (disagreement !== null) say(`  differs  ${title}: ${disagreement}`);
  say(`  ${accepted} accepted, of ${resent + accepted} sends; ${deliveries} deliveries`);
  if (!allAgree(verdicts)) say(`  seed ${seed}`);
  say(agreeLine(verdicts));
  return allAgree(verdicts);
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`Expected a whole number from ${least} to ${most} for --${name}, got "${text}".`);
}

function consumerOf(text: string): Consumer {
  if (Object.hasOwn(CONSUMERS, text)) return text as Consumer;
  const known = Object.keys(CONSUMERS).join(', ');
  throw new Error(`Expected one of ${known} for --consumer, got "${text}".`);
}
