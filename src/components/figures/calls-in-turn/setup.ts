/** Calls that are made one after another, and what is said of each message. */

import type { RawCall } from '#src/demo/places/line.ts';

/** One call of a story. */
export interface CallInTurn extends RawCall {
  /** Who asks: `Ada`, `the browser, by itself`. */
  readonly by: string;
  /** Headers of the answer that are shown, by lower-case name; the others are left out. @default none */
  readonly shown?: readonly string[];
  /** Passes before it is made, in ms. @default 0 */
  readonly afterMs?: number;
  /** Made and not shown, such as signing in. @default false */
  readonly unseen?: boolean;
  /** Its answer gives the caller a cookie, for all calls after it. @default false */
  readonly signsIn?: boolean;
  /**
   * What of it follows from the answers so far, by their bodies.
   * @param run 0 in the first attempt of a build; a number of its own for each run of a reader
   */
  readonly from?: (bodies: readonly string[], run: number) => Partial<RawCall>;
  /** Status that it must get; null: any. */
  readonly status: number | null;
  /** What the call is, in a sentence or two. */
  readonly asked: string;
  /** What the answer says, or does not. */
  readonly answered: string;
}

/** Calls of the front door, in order. */
export interface CallStory {
  readonly title: string;
  /** That it is about, by its path: no other recording of it is made meanwhile. */
  readonly function: string;
  readonly calls: readonly CallInTurn[];
  /** What the reader can ask once more, of whom and where. @default nothing */
  readonly asks?: AskedBy;
  /** No page can make its calls, since the browser writes some of what they say. @default false */
  readonly recordedOnly?: boolean;
  /**
   * Whether the answers' bodies say together what the story says of them. On a busy machine they might not
   * at the first attempt.
   * @default always
   */
  readonly holds?: (bodies: readonly string[]) => boolean;
}

/** A call of the reader's own choice. */
export interface AskedBy {
  readonly users: readonly string[];
  readonly addresses: readonly string[];
  readonly calls: (user: string, address: string) => readonly CallInTurn[];
  /** What an answer of this status says, in a sentence or two. */
  readonly means: (status: number) => string;
}

/** Longest line that is shown whole: a signed cookie is longer, and only its end differs. */
const LINE = 72;
const ENDS = { first: 16, last: 10 } as const;

/** A message as it went over the line, without what is left out. */
export interface TurnMessage {
  readonly by: string;
  readonly first: string;
  readonly headers: readonly string[];
  readonly body: string;
  readonly meaning: string;
}

/** A call that was made, and its answer. */
export interface TurnMade {
  readonly status: number;
  readonly call: TurnMessage;
  readonly answer: TurnMessage;
}

/** An answer that the story does not tell of. */
export class UnexpectedStatus extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * A call and its answer as messages.
 *
 * @param sent and @param came as they went over the line
 * @throws UnexpectedStatus when the answer has another status than the story says
 */
export function turnOf(turn: CallInTurn, sent: string, came: string): TurnMade {
  const call = taken(sent);
  const answer = taken(came);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.first)?.[1]);
  if (turn.status !== null && status !== turn.status) {
    throw new UnexpectedStatus(
      status,
      `${turn.method ?? 'GET'} ${turn.address}: expected ${turn.status}, found ${answer.first} ${answer.body.slice(0, 200)}`,
    );
  }
  const own = Object.keys(turn.headers ?? {});
  const shown = turn.shown ?? [];
  return {
    status,
    call: { ...call, by: turn.by, headers: only(call.headers, own), meaning: turn.asked },
    answer: {
      ...answer,
      by: 'the answer',
      headers: only(answer.headers, shown),
      meaning: turn.answered,
    },
  };
}

function only(headers: readonly string[], names: readonly string[]): string[] {
  return headers
    .filter((line) => names.includes(line.slice(0, line.indexOf(':')).toLowerCase()))
    .map((line) =>
      line.length > LINE ? `${line.slice(0, ENDS.first)}…${line.slice(-ENDS.last)}` : line,
    );
}

function taken(message: string): { first: string; headers: string[]; body: string } {
  const end = message.indexOf('\r\n\r\n');
  const [first = '', ...headers] = message.slice(0, end).split('\r\n');
  return { first, headers, body: message.slice(end + 4) };
}
