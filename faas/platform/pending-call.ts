/** One request on its way through a host: what was asked, and the one answer it gets. */

import type { Work } from '../core/pool/lives.ts';
import type { LimitedBody } from '../drivers/body.ts';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';

export class PendingCall implements Work {
  readonly message: RequestMessage;
  readonly limited: LimitedBody;
  readonly answered: Promise<ResponseMessage>;
  /** Whether an instance has been lost with it once: it is not given to a third. */
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

  /** The first answer counts. Returns false when there was one already. */
  answer(response: ResponseMessage): boolean {
    if (!this.#open) return false;
    this.#open = false;
    this.#resolve(response);
    return true;
  }
}
