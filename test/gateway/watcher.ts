/** Reads the event stream of a gateway and keeps each event with its number. */

import { CONTROLS } from '#faas/api.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { pause } from './running-gateway.ts';

export class Watcher {
  readonly events: TraceEvent[] = [];
  readonly ids: number[] = [];
  readonly #leaving = new AbortController();
  #done: Promise<void> = Promise.resolve();

  /** @param after number of the last event seen; 0 for all that is kept; null for from now on */
  static async open(origin: string, after: number | null = null): Promise<Watcher> {
    const watcher = new Watcher();
    const headers: Record<string, string> = after === null ? {} : { 'last-event-id': `${after}` };
    const signal = watcher.#leaving.signal;
    const response = await fetch(`${origin}${CONTROLS.events}`, { headers, signal });
    if (response.body === null) throw new Error(`${origin}${CONTROLS.events} has no body`);
    watcher.#done = watcher.#read(response.body).catch(() => undefined);
    return watcher;
  }

  get lastId(): number {
    return this.ids.at(-1) ?? 0;
  }

  of<T extends TraceEvent['type']>(type: T): Extract<TraceEvent, { type: T }>[] {
    return this.events.filter((event) => event.type === type) as Extract<TraceEvent, { type: T }>[];
  }

  /** Processes of all instances that became ready. */
  get pids(): number[] {
    return this.of('instance.ready').flatMap(({ pid }) => (pid === null ? [] : [pid]));
  }

  /** Resolves once `enough` holds. */
  async until(enough: () => boolean): Promise<void> {
    while (!enough()) await pause(5);
  }

  async close(): Promise<void> {
    this.#leaving.abort();
    await this.#done;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
    if (id === undefined || data === undefined) return;
    this.ids.push(Number(id));
    this.events.push(JSON.parse(data) as TraceEvent);
  }
}
