/** What a function answers when its database does not: a problem document that says what to do. */

import { problem } from './problem.ts';

/** SQLSTATE of failures that are the database's: the connection, resources, an operator, the system. */
const UNAVAILABLE = /^(08|53|57P|58|XX)/;

/** What the platform's `/sql` says in an answer that is not 400. */
const PROBLEM = /^Server error \(HTTP status (\d+)\): (.*)$/s;

const RETRY_AFTER_S = 1;

/**
 * Runs a handler, and answers for its database.
 *
 * @throws every error that is not the database's
 */
export async function orStoreProblem(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    const answer = storeProblem(error);
    if (answer === null) throw error;
    return answer;
  }
}

/** The answer to an error of `sql`; null when the statement is to blame, or something else. */
export function storeProblem(error: unknown): Response | null {
  if (!(error instanceof Error)) return null;
  const { code = null, message } = error as Error & { code?: unknown };
  const [, status, text = ''] = PROBLEM.exec(message) ?? [];
  if (status !== undefined) return passedOn(Number(status), text);
  const isAway =
    (typeof code === 'string' && UNAVAILABLE.test(code)) ||
    /^(Error connecting to database|DATABASE_URL)/.test(message);
  return isAway ? answer(503, message, RETRY_AFTER_S) : null;
}

/** A problem document of the platform is handed on; what another server says is quoted. */
function passedOn(status: number, text: string): Response {
  const { detail, retryAfterS } = documentIn(text);
  const passed = status === 403 ? 403 : 503;
  return answer(
    passed,
    detail ?? `The database answered ${status}: ${text.slice(0, 500)}`,
    retryAfterS,
  );
}

interface Said {
  readonly detail?: string;
  readonly retryAfterS?: number;
}

function documentIn(text: string): Said {
  try {
    return Object(JSON.parse(text)) as Said;
  } catch {
    return {};
  }
}

function answer(status: number, detail: string, retryAfterS = RETRY_AFTER_S): Response {
  if (status === 403) return problem(status, 'Forbidden', detail);
  return problem(status, 'Service Unavailable', detail, { 'retry-after': String(retryAfterS) });
}
