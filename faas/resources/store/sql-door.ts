/** `POST /sql`: a statement by HTTP, in the protocol of Neon's driver, for those who may ask the store. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { MOUNTS, SERVER_TIMING, STORE_TIMING } from '../../api.ts';
import { problem, type Problem } from '../../core/problem.ts';
import { readBody, sendProblem } from '../../gateway/message.ts';
import { NEON_HEADERS, neonAnswer, neonError, parseNeonRequest } from './neon-protocol.ts';
import { StoreUnavailable } from './store-failure.ts';
import type { StoreAnswer, CallOfStatement } from './store.ts';
import type { Batch } from './statement.ts';

/** Largest body, in bytes: that of a function's own call. */
const MAX_BYTES = 6_000_000;

/** Whether somebody may ask, and for which call of a function. */
export type Admission =
  | { readonly refusal: Problem }
  | {
      readonly refusal: null;
      /** Null when it belongs to no call that is known. */
      readonly call: CallOfStatement | null;
    };

/** What a door leads to. */
export interface SqlDoorOptions {
  /** @param password of the connection string */
  readonly admit: (password: string) => Admission;
  /** @throws StoreUnavailable, or what Postgres says of the statement */
  readonly run: (batch: Batch, call: CallOfStatement | null) => Promise<StoreAnswer>;
}

/** Answers one request. Rejects only where this code is wrong. */
export async function answerSql(
  { admit, run }: SqlDoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const detail = `${MOUNTS.sql} answers POST, not ${request.method ?? ''}.`;
    sendProblem(response, problem('method-not-allowed', detail), { allow: 'POST' });
    request.resume();
    return;
  }
  const header = (name: string): string | null => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : null;
  };
  const admission = admit(passwordIn(header(NEON_HEADERS.connection)));
  if (admission.refusal !== null) {
    sendProblem(response, admission.refusal);
    request.resume();
    return;
  }
  try {
    const asked = parseNeonRequest(await readBody(request, MAX_BYTES), header);
    const { results, startMs } = await run(asked.batch, admission.call);
    const timing =
      startMs > 0 ? { [SERVER_TIMING]: `${STORE_TIMING};dur=${startMs.toFixed(3)}` } : {};
    send(response, 200, neonAnswer(asked, results), timing);
  } catch (error) {
    if (error instanceof StoreUnavailable) {
      const { message, retryAfterS } = error;
      const retry = { 'retry-after': String(retryAfterS) };
      // The driver hands on the body alone.
      const body = { ...problem('store-unavailable', message), retryAfterS };
      sendProblem(response, body, retry);
    } else if (error instanceof RangeError || 'code' in Object(error)) {
      send(response, 400, neonError(error as Error));
    } else throw error;
  } finally {
    request.resume();
  }
}

/** `postgresql://name:password@host/database` → `password`; empty when there is none. */
function passwordIn(connection: string | null): string {
  // A URL would take ten times as long, for every statement.
  const [, password = ''] = /^[a-z]+:\/\/[^:@/]*:([^@/]*)@/.exec(connection ?? '') ?? [];
  return password.includes('%') ? decoded(password) : password;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function send(
  response: ServerResponse,
  status: number,
  value: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
