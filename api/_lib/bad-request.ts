/** The 400 answer of the course's functions. */

import { problem } from './problem.ts';

/** @param detail what was expected, what came, and what to do */
export function badRequest(detail: string): Response {
  return problem(400, 'Bad Request', detail);
}
