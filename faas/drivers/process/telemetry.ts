/**
 * What a child tells its parent on file descriptor 3, one JSON document a line. The child's end of
 * the pipe is also how it learns that its parent is gone: it reads the end of the file, and leaves.
 */

import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** It serves; said once. */
export interface ReadyMessage {
  readonly type: 'ready';
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  readonly initMs: number;
}

/** Its module could not be loaded; said instead of `ready`. */
export interface StartFailedMessage {
  readonly type: 'start-failed';
  readonly message: string;
  readonly stack: string;
}

/**
 * A call has ended, and what it used is in the ledger. Said of a call whose answer says nothing of
 * its end: one that threw, one whose body flowed, one whose connection was gone.
 */
export interface EndedMessage {
  readonly type: 'ended';
  /** Number of the call, as the parent named it. */
  readonly call: number;
  readonly error: { readonly message: string; readonly stack: string } | null;
}

export type Telemetry = ReadyMessage | StartFailedMessage | EndedMessage;

/** Room for an error's message and stack, each cut by the child, as JSON. In characters. */
const LONGEST_MESSAGE = 1_000_000;

/** @param onMessage is told of each line that is telemetry; anything else on the pipe is ignored */
export function readTelemetry(pipe: Socket | Readable, onMessage: (message: Telemetry) => void) {
  const onLine = (line: string): void => {
    const message = parse(line);
    if (message !== null) onMessage(message);
  };
  readLines(pipe, onLine, LONGEST_MESSAGE);
}

/** A line that never ends must not fill the parent's memory. In characters. */
const LONGEST_LINE = 65_536;

/**
 * Each whole line, and at the end what is left. A line that is longer than `longest` is cut there and
 * marked as cut; its rest is read and forgotten.
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
