/** Makes the calls of a story, one after another, when the page is built. */

import { setTimeout as pass } from 'node:timers/promises';
import { rawExchange } from '#src/demo/recording/raw-exchange.ts';
import { turnOf, type CallInTurn, type CallStory, type TurnMade } from './setup.ts';

/** @throws when an answer has another status than the story says */
export async function makeCalls({ calls }: CallStory): Promise<TurnMade[]> {
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
  return made;
}

function withCookie(turn: CallInTurn, cookie: string | undefined): CallInTurn {
  return cookie === undefined ? turn : { ...turn, headers: { cookie, ...turn.headers } };
}
