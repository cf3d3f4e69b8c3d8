/** Makes the calls of a story, one after another, when the page is built. */

import { setTimeout as pass } from 'node:timers/promises';
import { rawExchange } from '#src/demo/recording/raw-exchange.ts';
import { callingAlone, inTurn } from '#src/demo/recording/turns.ts';
import { turnOf, type CallInTurn, type CallStory, type TurnMade } from './setup.ts';

/** A machine that is busy with other work can be too late for a limit once or twice; more often is a mistake. */
const ATTEMPTS = 3;

/** @throws when an answer has another status than the story says, or the answers do not hold together */
export function makeCalls(story: CallStory): Promise<TurnMade[]> {
  return inTurn(story.function, () => callingAlone(() => attempt(story)));
}

async function attempt(story: CallStory): Promise<TurnMade[]> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      const { made, bodies } = await makeNow(story);
      if (story.holds?.(bodies) !== false) return made;
      const said = bodies.join(' ');
      throw new Error(`The story “${story.title}” does not hold: the answers were ${said}`);
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function makeNow({
  calls,
}: CallStory): Promise<{ readonly made: TurnMade[]; readonly bodies: string[] }> {
  const made: TurnMade[] = [];
  /** Cookies by whoever was given them. */
  const cookies = new Map<string, string>();
  const bodies: string[] = [];
  for (const told of calls) {
    await pass(told.afterMs ?? 0);
    const turn = { ...told, ...told.from?.(bodies) };
    const asked = withCookie(turn, cookies.get(turn.by));
    const { call, answer } = await rawExchange(asked);
    const [, cookie] = /^set-cookie: ([^;\r]*)/im.exec(answer) ?? [];
    if (cookie !== undefined) cookies.set(turn.by, cookie);
    const came = turnOf(asked, call, answer);
    bodies.push(came.answer.body);
    if (turn.unseen !== true) made.push(came);
  }
  return { made, bodies };
}

function withCookie(turn: CallInTurn, cookie: string | undefined): CallInTurn {
  return cookie === undefined ? turn : { ...turn, headers: { cookie, ...turn.headers } };
}
