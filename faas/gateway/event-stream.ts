/**
 * The trace as Server-Sent Events. Each event is written once for all who watch; one who does not
 * read is let go, and comes back with `Last-Event-ID` for what was missed.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { LAST_EVENT_ID } from '../api.ts';
import type { EventLog } from './event-log.ts';

export interface EventStreamOptions {
  /** A comment after this much time, so that a dead connection is noticed. @default 15_000 */
  readonly heartbeatMs?: number;
  /** What a watcher asks its browser to wait before it comes back. @default 1_000 */
  readonly retryMs?: number;
  /** Bytes that may wait for one slow watcher; with more, it is let go. @default 1_000_000 */
  readonly maxWaitingBytes?: number;
  /** Most watchers at once. @default 1_000 */
  readonly maxWatchers?: number;
}

export class EventStream {
  readonly #log: EventLog;
  readonly #options: Required<EventStreamOptions>;
  /** Each has been sent every event before `#sent`. */
  readonly #watchers = new Set<ServerResponse>();
  #sent: number;
  #flushing: NodeJS.Immediate | null = null;
  #heartbeat: NodeJS.Timeout | null = null;

  constructor(log: EventLog, options: EventStreamOptions = {}) {
    this.#log = log;
    this.#sent = log.next;
    this.#options = {
      heartbeatMs: 15_000,
      retryMs: 1_000,
      maxWaitingBytes: 1_000_000,
      maxWatchers: 1_000,
      ...options,
    };
  }

  get isFull(): boolean {
    return this.#watchers.size >= this.#options.maxWatchers;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  /**
   * Answers with the events after `lastId`, then with each as it happens.
   *
   * @param lastId null: from now on; 0: from the first that is kept
   */
  watch(request: IncomingMessage, response: ServerResponse, lastId: number | null): void {
    this.#flush();
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const from = this.#firstAfter(lastId);
    const hello = `retry: ${this.#options.retryMs}\nid: ${from - 1}\n\n`;
    response.write(hello + this.#render(from));
    this.#join(response);
    request.once('close', () => this.#leave(response));
    response.once('close', () => this.#leave(response));
  }

  /** Ends every stream: the watchers come back when there is a server again. */
  close(): void {
    this.#flush();
    for (const watcher of this.#watchers) {
      this.#leave(watcher);
      watcher.end();
    }
  }

  #firstAfter(lastId: number | null): number {
    if (lastId === null) return this.#sent;
    return lastId === 0 ? this.#log.first : lastId + 1;
  }

  #join(watcher: ServerResponse): void {
    this.#watchers.add(watcher);
    if (this.#watchers.size > 1) return;
    this.#log.listen(() => {
      this.#flushing ??= setImmediate(() => this.#flush());
    });
    this.#heartbeat = setInterval(() => this.#write(':\n\n'), this.#options.heartbeatMs);
    this.#heartbeat.unref();
  }

  #leave(watcher: ServerResponse): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#log.listen(null);
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
  }

  #flush(): void {
    if (this.#flushing !== null) clearImmediate(this.#flushing);
    this.#flushing = null;
    if (this.#watchers.size > 0) this.#write(this.#render(this.#sent));
    this.#sent = this.#log.next;
  }

  /** Everything from `from` on. When some of it is forgotten, an event `gap` says so first. */
  #render(from: number): string {
    const { first, next } = this.#log;
    const parts: string[] = [];
    if (from < first || from > next) {
      parts.push(`event: gap\ndata: ${JSON.stringify({ from, first })}\n\n`);
    }
    for (let id = from > next ? first : Math.max(from, first); id < next; id += 1) {
      parts.push(`id: ${id}\ndata: ${JSON.stringify(this.#log.at(id))}\n\n`);
    }
    return parts.join('');
  }

  #write(text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(text);
    for (const watcher of this.#watchers) {
      if (watcher.writableLength > this.#options.maxWaitingBytes) watcher.destroy();
      else watcher.write(bytes);
    }
  }
}

/** `Last-Event-ID` as a browser sends it; `?lastEventId=` for a first connection that wants the past. */
export function lastEventId(request: IncomingMessage, query: URLSearchParams): number | null {
  const text = request.headers['last-event-id'] ?? query.get(LAST_EVENT_ID);
  if (typeof text !== 'string' || !/^\d{1,16}$/.test(text)) return null;
  return Number(text);
}
