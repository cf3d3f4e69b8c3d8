/** Makes the calls of a story when the page is built. */

import { setTimeout as pause } from 'node:timers/promises';
import type { RawCall, RawExchange } from '#src/demo/places/line.ts';
import { rawExchange } from '#src/demo/recording/raw-exchange.ts';
import { callingAlone, inTurn } from '#src/demo/recording/turns.ts';
import { makeTurns } from './make-turns.ts';
import type { CallStory, TurnMade } from './setup.ts';

/** A machine that is busy with other work can be too late for a limit once or twice; more often is a mistake. */
const ATTEMPTS = 3;
/** Before it is tried again, in ms: an instance that was too slow to start is there by then. */
const AGAIN_MS = 3_000;

/** @throws when an answer has another status than the story says, or the answers do not hold together */
export function makeCalls(story: CallStory): Promise<TurnMade[]> {
  return inTurn(story.function, () => callingAlone(() => attempt(story)));
}

async function attempt(story: CallStory): Promise<TurnMade[]> {
  let problem: unknown;
  for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) {
    try {
      return await makeOnce(story, attempts);
    } catch (error) {
      problem = error;
      await pause(AGAIN_MS);
    }
  }
  throw problem;
}

async function makeOnce(story: CallStory, run: number): Promise<TurnMade[]> {
  const exchange = (call: RawCall): Promise<RawExchange> => rawExchange(call);
  const { shown, bodies } = await makeTurns(story.calls, { exchange, pause, run });
  if (story.holds?.(bodies) !== false) return shown;
  throw new Error(`The story “${story.title}” does not hold: the answers were ${bodies.join(' ')}`);
}
