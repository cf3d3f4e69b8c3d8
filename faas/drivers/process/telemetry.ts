/**
 * Messages from a child to its parent on file descriptor 3, one JSON document a line. The child also
 * reads from this pipe: end-of-file means that its parent has ended, and it exits.
 */

import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** The child accepts calls. Sent once. */
export interface ReadyMessage {
  readonly type: 'ready';
  /** Its port on 127.0.0.1. */
  readonly port: number;
  readonly initMs: number;
}

/** The module could not be loaded. Sent instead of `ready`. */
export interface StartFailedMessage {
  readonly type: 'start-failed';
  readonly message: string;
  readonly stack: string;
}

/**
 * A call has ended, and its usage is in the ledger. Sent only when the response does not show the
 * end: when the handler threw, the body streamed, or the connection was gone.
 */
export interface EndedMessage {
  readonly type: 'ended';
  /** Number that the parent gave the call. */
  readonly call: number;
  readonly error: { readonly message: string; readonly stack: string } | null;
}

/** Any message from a child. */
export type Telemetry = ReadyMessage | StartFailedMessage | EndedMessage;

/** Fits an error's message and stack, which the child cuts, as JSON. In characters. */
const LONGEST_MESSAGE = 1_000_000;

/** @param onMessage called for each line that is telemetry; other lines are ignored */
export function readTelemetry(pipe: Socket | Readable, onMessage: (message: Telemetry) => void) {
  const onLine = (line: string): void => {
    const message = parse(line);
    if (message !== null) onMessage(message);
  };
  readLines(pipe, onLine, LONGEST_MESSAGE);
}

/** Longest line kept, so that an endless one cannot fill the parent's memory. In characters. */
const LONGEST_LINE = 65_536;

/**
 * Calls back with each whole line, and with the rest at the end. A line longer than `longest` is cut
 * there and marked as cut; its rest is dropped.
 */
export function readLines(
  stream: Readable,
  onLine: (line: string) => void,
  longest = LONGEST_LINE,
): void {
  let rest = '';
  let isCut = false;
  const add = (text: string): void => {
    if (isCut) return;
    rest += text;
    if (rest.length <= longest) return;
    onLine(`${rest.slice(0, longest)} … (cut after ${longest} characters)`);
    isCut = true;
    rest = '';
  };
  const end = (): void => {
    if (!isCut) onLine(rest);
    isCut = false;
    rest = '';
  };
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const [first = '', ...more] = text.split('\n');
    add(first);
    for (const line of more) {
      end();
      add(line);
    }
  });
  stream.on('end', () => {
    if (rest !== '') end();
  });
  stream.on('error', () => undefined);
}

function parse(line: string): Telemetry | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value
      ? (value as Telemetry)
      : null;
  } catch {
    return null;
  }
}
