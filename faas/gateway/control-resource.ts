/** Controls over HTTP: `GET` reads, `PUT` changes, `DELETE` resets. Each answers with the current state. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { CONTROLS, OF_FUNCTION } from '../api.ts';
import { problem } from '../core/problem.ts';
import { readBody, sendJson, sendProblem } from './message.ts';

/** One control's state and how to change it. */
export interface ControlResource {
  /** The current state, as a JSON value. */
  get(): unknown;
  /** @throws RangeError with what was expected and what came */
  put(value: unknown): void;
  /** @param name of the function to reset; null for all. @throws RangeError as `put` */
  delete(name: string | null): void;
}

const MAX_BYTES = 100_000;

/** Answers a request for a control; a RangeError becomes a 400. Other errors reject. */
export async function answerResource(
  resource: ControlResource,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  if (!['GET', 'HEAD', 'PUT', 'DELETE'].includes(method)) {
    const detail = `${url} answers GET, PUT and DELETE, not ${method}.`;
    const allow = 'GET, HEAD, PUT, DELETE';
    sendProblem(response, problem('method-not-allowed', detail), { allow });
    return;
  }
  if (method === 'PUT' || method === 'DELETE') {
    try {
      if (method === 'PUT') resource.put(parsed(await readBody(request, MAX_BYTES)));
      else resource.delete(new URLSearchParams(url.split('?')[1] ?? '').get(OF_FUNCTION));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sendProblem(response, problem('bad-request', error.message));
      return;
    } finally {
      // An unread request body would block the next request on the connection.
      request.resume();
    }
  }
  sendJson(response, resource.get());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new RangeError(`The body is JSON; what came is not: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/** The `function` that a body names (`{ "function": "/api/work", … }`); null for all functions. */
export function functionOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(
      `The body is a JSON object, with "function" as in ${CONTROLS.functions}; ${JSON.stringify(value)} came.`,
    );
  }
  const name = (value as { function?: unknown }).function ?? null;
  if (name === null || typeof name === 'string') return name;
  throw new RangeError(
    `"function" is a function's name, such as "/api/hello", or null for all; ${JSON.stringify(name)} came.`,
  );
}
