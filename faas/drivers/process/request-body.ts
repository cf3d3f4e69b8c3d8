/** A request's body as its handler reads it: no more is taken from the connection than it reads. */

import type { Socket } from 'node:net';

/** Read ahead, in bytes. */
const AHEAD_BYTES = 65_536;

export class RequestBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** Null once the end has come, or nobody wants more. */
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: AHEAD_BYTES });
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => void socket.resume(),
        cancel: () => this.discard(),
      },
      strategy,
    );
  }

  push(part: Buffer): void {
    if (this.#controller === null) return;
    // A copy: the handler may keep it, or change it.
    this.#controller.enqueue(new Uint8Array(part));
    if ((this.#controller.desiredSize ?? 0) <= 0) this.#socket.pause();
  }

  end(): void {
    this.#controller?.close();
    this.#controller = null;
  }

  fail(reason: Error): void {
    this.#controller?.error(reason);
    this.#controller = null;
  }

  /** What still comes is read, so that its sender can finish, and forgotten. */
  discard(): void {
    this.#controller = null;
    this.#socket.resume();
  }
}
