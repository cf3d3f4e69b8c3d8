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

/** What an invocation used. A child may say it in the head of the answer when it knows it by then. */
export interface Usage {
  readonly handlerMs: number;
  readonly cpuMs: number | null;
  /** Lines it has printed since it started. */
  readonly lines: number;
}

export interface ReportMessage extends Usage {
  readonly type: 'report';
  /** Number of the call, as the parent named it. */
  readonly call: number;
  readonly error: { readonly message: string; readonly stack: string } | null;
}

export type Telemetry = ReadyMessage | StartFailedMessage | ReportMessage;

/** @param onMessage is told of each line that is telemetry; anything else on the pipe is ignored */
export function readTelemetry(pipe: Socket | Readable, onMessage: (message: Telemetry) => void) {
  readLines(pipe, (line) => {
    const message = parse(line);
    if (message !== null) onMessage(message);
  });
}

/** Each whole line, and at the end what is left. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    if (rest.length > LONGEST_LINE) {
      onLine(rest);
      rest = '';
    }
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
  stream.on('error', () => undefined);
}

/** A line that never ends must not fill the parent's memory. In characters. */
const LONGEST_LINE = 65_536;

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
