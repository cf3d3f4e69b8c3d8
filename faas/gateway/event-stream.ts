/**
 * The trace as Server-Sent Events. A slow watcher gets events at its own pace. One that stops reading
 * is disconnected; it reconnects with `Last-Event-ID` and gets what it missed.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { LAST_EVENT_ID } from '../api.ts';
import { eventEntry, type EventLog } from './event-log.ts';

/** Limits for the watchers of a stream. */
export interface EventStreamOptions {
  /**
   * Time between comments that detect dead connections. A watcher that has read nothing between two
   * of them is disconnected. > 0. @default 15_000
   */
  readonly heartbeatMs?: number;
  /** Time a browser waits before it reconnects. @default 1_000 */
  readonly retryMs?: number;
  /** Most watchers at once. @default 1_000 */
  readonly maxWatchers?: number;
}

/** Most characters written at once, and so held in memory for a watcher that does not read. */
const PIECE_CHARACTERS = 64_000;

/** A connected watcher and its position in the log. */
interface Watcher {
  readonly response: ServerResponse;
  /** Number of the next event to send. */
  next: number;
  /** It has not read what was written; nothing more is written until it has. */
  blocked: boolean;
  /** It has been blocked since the last heartbeat. */
  late: boolean;
}

interface Piece {
  readonly from: number;
  readonly next: number;
  readonly bytes: Buffer;
}

/** Sends the events of one log to all its watchers. */
export class EventStream {
  readonly #log: EventLog;
  readonly #options: Required<EventStreamOptions>;
  readonly #watchers = new Set<Watcher>();
  #flushing: NodeJS.Immediate | null = null;
  #heartbeat: NodeJS.Timeout | null = null;
  /** The last piece made, shared by all watchers at the same position. */
  #piece: Piece | null = null;

  constructor(log: EventLog, options: EventStreamOptions = {}) {
    this.#log = log;
    this.#options = { heartbeatMs: 15_000, retryMs: 1_000, maxWatchers: 1_000, ...options };
  }

  get isFull(): boolean {
    return this.#watchers.size >= this.#options.maxWatchers;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /**
   * Sends the events after `lastId`, then each new one as it happens.
   *
   * @param lastId null: only new events; 0: from the oldest kept
   */
  watch(response: ServerResponse, lastId: number | null): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const next = this.#firstAfter(lastId);
    response.write(`retry: ${this.#options.retryMs}\nid: ${next - 1}\n\n`);
    const watcher: Watcher = { response, next, blocked: false, late: false };
    this.#join(watcher);
    response.on('drain', () => {
      watcher.blocked = watcher.late = false;
      this.#send(watcher);
    });
    response.once('close', () => this.#leave(watcher));
    this.#send(watcher);
  }

  /** Ends every stream. The watchers reconnect when there is a server again. */
  close(): void {
    this.#flush();
    for (const watcher of this.#watchers) {
      this.#leave(watcher);
      if (watcher.blocked) watcher.response.destroy();
      else watcher.response.end();
    }
  }

  #firstAfter(lastId: number | null): number {
    if (lastId === null) return this.#log.next;
    return lastId === 0 ? this.#log.first : lastId + 1;
  }

  #join(watcher: Watcher): void {
    this.#watchers.add(watcher);
    if (this.#watchers.size > 1) return;
    this.#log.listen(() => {
      this.#flushing ??= setImmediate(() => this.#flush());
    });
    this.#heartbeat = setInterval(() => this.#beat(), this.#options.heartbeatMs);
    this.#heartbeat.unref();
  }

  #leave(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#log.listen(null);
    this.#piece = null;
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
  }

  #flush(): void {
    if (this.#flushing !== null) clearImmediate(this.#flushing);
    this.#flushing = null;
    for (const watcher of this.#watchers) this.#send(watcher);
  }

  /** Writes unsent events piece by piece until the watcher is blocked or up to date. */
  #send(watcher: Watcher): void {
    while (!watcher.blocked && watcher.next !== this.#log.next) {
      const { bytes, next } = this.#pieceFrom(watcher.next);
      watcher.next = next;
      watcher.blocked = !watcher.response.write(bytes);
    }
  }

  #beat(): void {
    for (const watcher of this.#watchers) {
      if (watcher.late) watcher.response.destroy();
      else if (watcher.blocked) watcher.late = true;
      else watcher.blocked = !watcher.response.write(':\n\n');
    }
  }

  /** Events from `from` on. If some are no longer kept, a `gap` event comes first. */
  #pieceFrom(from: number): Piece {
    const { first, next } = this.#log;
    if (this.#piece?.from === from && this.#piece.next === next) return this.#piece;
    let text = '';
    if (from < first || from > next) {
      text += `event: gap\ndata: ${JSON.stringify({ from, first })}\n\n`;
    }
    let id = from > next ? first : Math.max(from, first);
    for (; id < next && text.length < PIECE_CHARACTERS; id += 1) {
      text += `id: ${id}\ndata: ${JSON.stringify(eventEntry(this.#log.at(id)))}\n\n`;
    }
    this.#piece = { from, next: id, bytes: Buffer.from(text) };
    return this.#piece;
  }
}

/** From the `Last-Event-ID` header of a reconnecting browser, or `?lastEventId=` for a first connection. */
export function lastEventId(request: IncomingMessage, query: URLSearchParams): number | null {
  const text = request.headers['last-event-id'] ?? query.get(LAST_EVENT_ID);
  if (typeof text !== 'string' || !/^\d{1,16}$/.test(text)) return null;
  return Number(text);
}
