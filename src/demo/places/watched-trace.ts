/** A trace that listens only while a figure of a visible page watches it. */

import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { EventFeed } from './event-feed.ts';
import { PlaceTrace } from './place-trace.ts';

export class WatchedTrace extends PlaceTrace {
  readonly #feed: EventFeed;
  #watchers = 0;
  #listening: AbortController | null = null;

  constructor(feed: EventFeed) {
    super();
    this.#feed = feed;
    document.addEventListener('visibilitychange', () => this.#update());
  }

  /** Whether events come in by themselves. */
  get isListening(): boolean {
    return this.#listening !== null;
  }

  override watch(listener: (event: TraceEvent) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    super.watch(listener, signal);
    this.#watchers += 1;
    this.#update();
    const leave = (): void => {
      this.#watchers -= 1;
      this.#update();
    };
    signal.addEventListener('abort', leave, { once: true });
  }

  #update(): void {
    const isWanted = this.#watchers > 0 && document.visibilityState === 'visible';
    if (isWanted === this.isListening) return;
    this.#listening?.abort();
    this.#listening = isWanted ? new AbortController() : null;
    if (this.#listening === null) return;
    const hear = (data: string): void => this.add(JSON.parse(data) as TraceEvent);
    this.#feed.listen(hear, this.#listening.signal);
  }
}
