/**
 * The worker that all tabs of this site share: one stream of events for all that listen. It keeps
 * the latest events for a tab that comes later, and closes the stream while no tab listens.
 */

import { LAST_EVENT_ID } from '#faas/api.ts';
import { readEvents } from './server-sent-events.ts';

/** What a tab sends to the worker. */
export interface FeedRequest {
  /** Of the stream. */
  readonly url: string;
  /** Number of the first event wanted; null: no more, for now. */
  readonly from: number | null;
}

/** What the worker sends to a tab that listens. */
export interface FeedAnswer {
  /** Number of the first of `events`. */
  readonly from: number;
  /** Each event as JSON, in order. */
  readonly events: readonly string[];
}

const KEPT = 10_000;

const listening = new Set<MessagePort>();
const kept: string[] = [];
/** Number of the first event that is kept. */
let first = 0;
let lastId = '0';
let stream: AbortController | null = null;

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port === undefined) return;
  port.addEventListener('message', ({ data }: MessageEvent<FeedRequest>) => answer(port, data));
  port.start();
});

function answer(port: MessagePort, { url, from }: FeedRequest): void {
  if (from === null) {
    listening.delete(port);
    if (listening.size === 0) stream?.abort();
    return;
  }
  const missing = Math.max(0, from - first);
  tell(port, { from: first + missing, events: kept.slice(missing) });
  listening.add(port);
  if (stream === null || stream.signal.aborted) listen(url);
}

function listen(url: string): void {
  const life = new AbortController();
  stream = life;
  const hear = (data: string, id: string): void => {
    lastId = id;
    const from = first + kept.push(data) - 1;
    for (const port of listening) tell(port, { from, events: [data] });
    if (kept.length > 1.1 * KEPT) first += kept.splice(0, kept.length - KEPT).length;
  };
  void readEvents(`${url}?${LAST_EVENT_ID}=${lastId}`, hear, () => undefined, life.signal);
}

function tell(port: MessagePort, message: FeedAnswer): void {
  port.postMessage(message);
}
