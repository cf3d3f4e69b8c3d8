/** A body of a message on its way out, in pieces, no faster than the other end takes them. */

import type { Socket } from 'node:net';

export class BodyWriter {
  readonly #socket: Socket;
  /** Bytes still to come; null when nobody knows, and it goes in chunks. */
  #left: number | null;

  /** @param length that its head has said, in bytes; null for `transfer-encoding: chunked` */
  constructor(socket: Socket, length: number | null) {
    this.#socket = socket;
    this.#left = length;
  }

  /** Resolves when there is room for more, or nobody to take it. @throws when it is too long */
  async write(piece: Uint8Array): Promise<void> {
    const { byteLength } = piece;
    if (byteLength === 0) return;
    const socket = this.#socket;
    if (this.#left !== null) {
      this.#left -= byteLength;
      if (this.#left < 0) throw new Error('The body is longer than its content-length says');
      socket.write(piece);
    } else {
      socket.cork();
      socket.write(`${byteLength.toString(16)}\r\n`, 'latin1');
      socket.write(piece);
      socket.write('\r\n', 'latin1');
      socket.uncork();
    }
    if (socket.writableNeedDrain) await room(socket);
  }

  /** @throws when it is too short */
  end(): void {
    if (this.#left === null) this.#socket.write('0\r\n\r\n', 'latin1');
    else if (this.#left > 0) throw new Error('The body is shorter than its content-length says');
  }
}

function room(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      socket.off('drain', goOn).off('close', goOn);
      resolve();
    };
    socket.on('drain', goOn).on('close', goOn);
  });
}
