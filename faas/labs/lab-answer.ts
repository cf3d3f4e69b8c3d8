/** What came of one call, and what a check may demand of it. */

import { HEADER_PREFIX, HEADERS, SERVER_TIMING, type HeaderList } from '../api.ts';
import { CheckFailure, written, type FailureReport, type ShownCall } from './check-failure.ts';
import { platformSays } from './platform-says.ts';
import { isSame } from './same.ts';

/** What an answer must be. What is not named is free. */
export interface Demands {
  readonly status?: number;
  /** By name, in lower case: the whole value, or an expression that it must match. */
  readonly headers?: Readonly<Record<string, string | RegExp>>;
  /** The body as JSON. Of objects only the keys that are named are compared. */
  readonly json?: unknown;
  /** The body as text, whole, or an expression that it must match. */
  readonly text?: string | RegExp;
}

/** The answer to one call. */
export class LabAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
  /** Whether this call started its instance. */
  readonly cold: boolean;
  /** Id of the instance that took it; null when none did. */
  readonly instance: string | null;
  readonly logs: readonly string[];
  readonly #call: ShownCall;

  constructor(asked: Pick<ShownCall, 'method' | 'url' | 'headers' | 'body'>, came: Came) {
    this.status = came.status;
    this.headers = came.headers;
    this.text = came.text;
    this.logs = came.logs;
    this.cold = this.header(HEADERS.cold) === '1';
    this.instance = this.header(HEADERS.instance);
    this.#call = {
      ...asked,
      named: [],
      status: came.status,
      answerHeaders: Object.fromEntries(came.headers.filter(([name]) => !isOurs(name))),
      answer: came.text,
      logs: came.logs,
      request: this.header(HEADERS.request),
    };
  }

  /** The call with its answer, to be shown. */
  get shown(): ShownCall {
    return this.#call;
  }

  /** The value of a header; null when it did not come. */
  header(name: string): string | null {
    return this.headers.find(([own]) => own.toLowerCase() === name)?.[1] ?? null;
  }

  /** The body as JSON. @throws CheckFailure when it is something else */
  json(): unknown {
    try {
      return JSON.parse(this.text);
    } catch {
      throw this.#failure({ what: 'the body', expected: 'JSON', came: written(this.text) });
    }
  }

  /** @throws CheckFailure at the first demand that it does not meet */
  must({ status, headers = {}, json, text }: Demands): void {
    if (status !== this.status) {
      const expected = status === undefined ? 'one of the function itself' : String(status);
      const failed = platformSays(this.text, this.logs.at(-1));
      if (failed) {
        const came = `${this.status}, since ${failed.came}`;
        throw this.#failure({ what: 'the status', expected, came, detail: failed.detail });
      }
      if (status !== undefined) {
        throw this.#failure({ what: 'the status', expected, came: String(this.status) });
      }
    }
    for (const [name, expected] of Object.entries(headers)) {
      const came = this.header(name);
      if (came !== null && matches(came, expected)) continue;
      const value = came === null ? 'no such header' : written(came);
      throw this.#failure({ what: `the header ${name}`, expected: said(expected), came: value });
    }
    if (text !== undefined && !matches(this.text, text)) {
      const came = this.text === '' ? 'an empty body' : written(this.text);
      throw this.#failure({ what: 'the body', expected: said(text), came });
    }
    if (json === undefined) return;
    const came = this.json();
    if (isSame(came, json)) return;
    throw this.#failure({ what: 'the body', expected: written(json), came: written(came) });
  }

  #failure(
    report: Pick<FailureReport, 'what' | 'expected' | 'came'> & Partial<FailureReport>,
  ): CheckFailure {
    return new CheckFailure({ ...report, call: this.#call });
  }
}

/** What the platform answered. */
interface Came {
  readonly status: number;
  readonly headers: HeaderList;
  readonly text: string;
  readonly logs: readonly string[];
}

function isOurs(name: string): boolean {
  return name.startsWith(HEADER_PREFIX) || name === SERVER_TIMING;
}

function matches(value: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? value === expected : expected.test(value);
}

function said(expected: string | RegExp): string {
  return typeof expected === 'string' ? written(expected) : `something like ${expected.source}`;
}
