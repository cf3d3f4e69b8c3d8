/** One call on its way through a host: the request, and its single answer. */

import type { Work } from '../core/pool/lives.ts';
import type { LimitedBody } from '../drivers/body.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

/** A request in a host, and the promise of its answer. */
export class PendingCall implements Work {
  readonly message: RequestMessage;
  readonly limited: LimitedBody;
  readonly answered: Promise<ResponseMessage>;
  /** Whether it has already lost one instance; after a second loss it is not retried again. */
  wasLost = false;
  readonly #resolve: (response: ResponseMessage) => void;
  #open = true;

  constructor(message: RequestMessage, limited: LimitedBody) {
    this.message = message;
    this.limited = limited;
    const { promise, resolve } = Promise.withResolvers<ResponseMessage>();
    this.answered = promise;
    this.#resolve = resolve;
  }

  get method(): string {
    return this.message.method;
  }

  get url(): string {
    return this.message.url;
  }

  /** Sets the answer. Returns false without effect when there is one already. */
  answer(response: ResponseMessage): boolean {
    if (!this.#open) return false;
    this.#open = false;
    this.#resolve(response);
    return true;
  }
}
