/** Why a function has no object store. */

import { problem } from './problem.ts';

export class NoObjects extends Error {
  readonly status: number;

  /** @param message what is missing, and what to do */
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  /** The same as an answer: a problem document (RFC 9457). */
  get response(): Response {
    const title = this.status === 403 ? 'Forbidden' : 'No object store';
    return problem(this.status, title, this.message);
  }
}
