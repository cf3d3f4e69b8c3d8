/** A case: a call, and what must come of it. `agree: N/N` counts these. */

import { partialDeepStrictEqual } from 'node:assert';

export interface Call {
  readonly method: string;
  /** With its query: `/api/hello?name=Ada`. */
  readonly url: string;
  readonly body?: string | undefined;
  /** Content type that is sent with the body. @default what `fetch` says of text */
  readonly type?: string | undefined;
}

export interface Answer {
  readonly status: number;
  /** Value of `content-type`; empty without one. */
  readonly type: string;
  readonly body: string;
}

export interface Expectation {
  /** Any of these. */
  readonly status: readonly number[];
  /** What `content-type` begins with. */
  readonly type?: string;
  /** What the JSON body holds: an object may hold more than this. */
  readonly json?: unknown;
  /** What stands in the body. */
  readonly includes?: string;
  /** What must not stand in the body. */
  readonly excludes?: string;
}

export interface Case {
  /** Path of the function: `/api/items/[id]`; null when no function answers. */
  readonly function: string | null;
  readonly call: Call;
  readonly expect: Expectation;
}

/** How many characters of a wrong body a message shows. */
const SHOWN = 300;

/** What was expected and what came, when they differ; null when they agree. */
export function disagreement(expect: Expectation, answer: Answer): string | null {
  const shown = `${answer.status} ${answer.type}: ${answer.body.slice(0, SHOWN)}`;
  if (!expect.status.includes(answer.status)) {
    return `expected status ${expect.status.join(' or ')}, got ${shown}`;
  }
  if (expect.type !== undefined && !answer.type.startsWith(expect.type)) {
    return `expected content-type ${expect.type}, got ${shown}`;
  }
  if (expect.json !== undefined && !holds(answer.body, expect.json)) {
    return `expected JSON with ${JSON.stringify(expect.json)}, got ${shown}`;
  }
  if (expect.includes !== undefined && !answer.body.includes(expect.includes)) {
    return `expected "${expect.includes}" in the body, got ${shown}`;
  }
  if (expect.excludes !== undefined && answer.body.includes(expect.excludes)) {
    return `expected no "${expect.excludes}" in the body`;
  }
  return null;
}

function holds(body: string, expected: unknown): boolean {
  try {
    partialDeepStrictEqual(JSON.parse(body), expected);
    return true;
  } catch {
    return false;
  }
}
