/** The calls of a story, made for the reader through the front door that serves this page. Loaded at the first press. */

import { currentPlace } from '#src/demo/places/choose.ts';
import { PLACE_NAMES } from '#src/demo/places/names.ts';
import type { Place } from '#src/demo/places/place.ts';
import { pause } from '#src/demo/places/pause.ts';
import { provenanceOf, rethrowInWords } from '#src/demo/places/reader-run.ts';
import { drawTurns } from './draw.ts';
import { makeTurns, type TurnsMade } from './make-turns.ts';
import { UnexpectedStatus, type CallInTurn, type CallStory } from './setup.ts';
import { CALL_STORIES } from './stories.ts';
import { turnsTable } from './table.ts';

/** A run of the reader, ready for the page. */
export interface LiveTurns {
  /** HTML of the messages, and of the table that says the same. */
  readonly drawn: string;
  readonly table: string;
  /** For the status: what was seen, where and when. */
  readonly said: string;
}

/** An answer that the reader has asked for is shown as far as this, in characters. */
const WHOLE = 600;

type Progress = (share: number, text: string) => void;

/** @throws with what to do, when the calls cannot be made or do not say what the story tells of them */
export async function tellAgain(
  name: string,
  signal: AbortSignal,
  onProgress: Progress,
): Promise<LiveTurns> {
  const story = storyOf(name);
  const place = await currentPlace();
  const { shown, bodies } = await make(place, story.calls, signal, onProgress);
  if (story.holds?.(bodies) === false) {
    throw new Error(
      'Somebody else has called at the same time, or this machine was too busy: the answers do not fit together. Try again.',
    );
  }
  return {
    drawn: String(drawTurns(shown)),
    table: String(turnsTable(shown)),
    said: provenanceOf(place),
  };
}

/** One call of the reader's choice. @throws as {@link tellAgain} */
export async function askAs(
  name: string,
  { user, address }: { readonly user: string; readonly address: string },
  signal: AbortSignal,
  onProgress: Progress,
): Promise<LiveTurns> {
  const { asks } = storyOf(name);
  if (asks === undefined) throw new Error(`The story "${name}" has nothing to ask.`);
  const place = await currentPlace();
  const { shown } = await make(place, asks.calls(user, address), signal, onProgress);
  const said = shown.map(({ status }) => asks.means(status));
  return {
    drawn: String(drawTurns(shown, WHOLE)),
    table: String(turnsTable(shown)),
    said: [...said, provenanceOf(place)].join(' '),
  };
}

function storyOf(name: string): CallStory {
  const story = CALL_STORIES[name];
  if (story) return story;
  throw new Error(
    `There is no story "${name}". Load the page again: it may be older than the site.`,
  );
}

async function make(
  place: Place,
  calls: readonly CallInTurn[],
  signal: AbortSignal,
  onProgress: Progress,
): Promise<TurnsMade> {
  const { exchange } = place;
  if (exchange === undefined) {
    throw new Error(
      `${PLACE_NAMES[place.name].name} has no front door of the course that this page could call. What stands here was recorded. Get the course and run npm start, and these calls are made on your machine.`,
    );
  }
  const tell = (made: number): void =>
    onProgress(made / calls.length, `Call ${Math.min(made + 1, calls.length)} of ${calls.length}…`);
  tell(0);
  return makeTurns(calls, {
    exchange: (call) => exchange.call(place, call, signal),
    pause: (ms) => pause(ms, signal),
    run: Date.now() % 100_000,
    onCall: tell,
  }).catch(inWords);
}

/** What the front door and the platform answer when a call takes too long, or cannot be taken yet. */
const TOO_SLOW: readonly number[] = [503, 504];

/** @throws always: with what came, and what stands there meanwhile */
function inWords(error: unknown): never {
  if (error instanceof UnexpectedStatus && TOO_SLOW.includes(error.status)) {
    throw new Error(
      `This machine was too slow for one of the calls: a limit was met, and it was answered ${error.status}. That is no other end of the story. What stands here is from before. Try again: what had to start is there by then.`,
      { cause: error },
    );
  }
  if (error instanceof TypeError || !(error instanceof Error)) rethrowInWords(error);
  const { message } = error;
  throw new Error(`${message} What stands here is from before. Try again.`, { cause: error });
}
