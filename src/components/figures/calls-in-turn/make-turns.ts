/** Makes the calls of a story, one after another: the same for the build and for a reader. */

import type { RawCall, RawExchange } from '#src/demo/places/line.ts';
import { turnOf, type CallInTurn, type TurnMade } from './setup.ts';

/** How calls are made. */
export interface TurnMaker {
  /** @throws when no whole answer came */
  exchange(call: RawCall): Promise<RawExchange>;
  /** Lets so many ms pass. */
  pause(ms: number): Promise<unknown>;
  /** Tells this run from others; 0 in the first attempt of a build. */
  readonly run: number;
  /** Called after each call. @param made their number so far @default nothing */
  onCall?(made: number): void;
}

/** What came of all calls. */
export interface TurnsMade {
  /** Those that are shown. */
  readonly shown: TurnMade[];
  /** Of every answer. */
  readonly bodies: string[];
}

/** What stands for a cookie that the browser keeps from scripts, and sends by itself. */
function keptCookie(by: string): string {
  return `session=(${by}’s, added by the browser)`;
}

/** @throws when an answer has another status than the story says */
export async function makeTurns(
  calls: readonly CallInTurn[],
  { exchange, pause, run, onCall }: TurnMaker,
): Promise<TurnsMade> {
  const shown: TurnMade[] = [];
  const bodies: string[] = [];
  /** By whoever was given them. */
  const cookies = new Map<string, string>();
  for (const told of calls) {
    await pause(told.afterMs ?? 0);
    const turn = { ...told, ...told.from?.(bodies, run) };
    const asked = withCookie(turn, cookies.get(turn.by));
    const { call, answer } = await exchange(asked);
    const came = turnOf(asked, call, answer);
    if (turn.signsIn === true) {
      cookies.set(turn.by, /^set-cookie: ([^;\r]*)/im.exec(answer)?.[1] ?? keptCookie(turn.by));
    }
    bodies.push(came.answer.body);
    if (turn.unseen !== true) shown.push(came);
    onCall?.(bodies.length);
  }
  return { shown, bodies };
}

function withCookie(turn: CallInTurn, cookie: string | undefined): CallInTurn {
  return cookie === undefined ? turn : { ...turn, headers: { cookie, ...turn.headers } };
}
