/**
 * A gateway's events, for this page. All tabs of a browser share one stream where they can, since a
 * browser has six connections to a host for all of them together.
 */

import { CONTROLS, LAST_EVENT_ID } from '#faas/api.ts';
import { storageName } from '#src/site/base.ts';
import { readEvents } from './server-sent-events.ts';
import type { FeedAnswer, FeedRequest } from './shared-feed.ts';

/** A stream of events that can be left and taken up again. */
export interface EventFeed {
  /** Calls `onData` with each event that this feed has not reported yet, until `signal` ends. */
  listen(onData: (data: string) => void, signal: AbortSignal): void;
}

/** Begins with what the gateway has kept, and goes on where it was when it listens again. */
export function feedOf(origin: string): EventFeed {
  const url = `${origin}${CONTROLS.events}`;
  return typeof SharedWorker === 'undefined' ? new OwnFeed(url) : new SharedFeed(url);
}

class OwnFeed implements EventFeed {
  readonly #url: string;
  #lastId = '0';

  constructor(url: string) {
    this.#url = url;
  }

  listen(onData: (data: string) => void, signal: AbortSignal): void {
    const hear = (data: string, id: string): void => {
      this.#lastId = id;
      onData(data);
    };
    void readEvents(`${this.#url}?${LAST_EVENT_ID}=${this.#lastId}`, hear, () => undefined, signal);
  }
}

class SharedFeed implements EventFeed {
  readonly #url: string;
  readonly #port: MessagePort;
  /** Number of the first event that was not reported yet, as the worker counts. */
  #next = 0;

  constructor(url: string) {
    this.#url = url;
    const name = storageName('events');
    const worker = new SharedWorker(new URL('./shared-feed.ts', import.meta.url), {
      type: 'module',
      name,
    });
    this.#port = worker.port;
    this.#port.start();
    // A shared worker gets no event when a tab closes.
    addEventListener('pagehide', () => this.#ask(null));
  }

  listen(onData: (data: string) => void, signal: AbortSignal): void {
    const hear = ({ data: { from, events } }: MessageEvent<FeedAnswer>): void => {
      events.slice(Math.max(0, this.#next - from)).forEach(onData);
      this.#next = Math.max(this.#next, from + events.length);
    };
    this.#port.addEventListener('message', hear, { signal });
    signal.addEventListener('abort', () => this.#ask(null), { once: true });
    this.#ask(this.#next);
  }

  #ask(from: number | null): void {
    this.#port.postMessage({ url: this.#url, from } satisfies FeedRequest);
  }
}
