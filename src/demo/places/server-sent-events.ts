/**
 * Server-Sent Events over `fetch`, so that the page and the build read them alike: what was sent
 * while the line was down is asked for again with `Last-Event-ID`.
 */

import { chunks } from './chunks.ts';

const RETRY_MS = 1000;

/**
 * Calls `onData` with each event's data and id until `signal` ends.
 * @param onOpen called each time the line is up, or could not be put up
 */
export async function readEvents(
  url: string,
  onData: (data: string, id: string) => void,
  onOpen: () => void,
  signal: AbortSignal,
): Promise<void> {
  const parser = new EventParser();
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (parser.lastId !== '') headers['last-event-id'] = parser.lastId;
      const response = await fetch(url, { headers, cache: 'no-store', signal });
      if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}.`);
      onOpen();
      parser.restart();
      for await (const chunk of chunks(response.body)) {
        for (const { data, id } of parser.read(chunk)) onData(data, id);
      }
    } catch {
      // The connection broke, or the signal ended; the loop checks which.
      onOpen();
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

interface ParsedEvent {
  readonly data: string;
  readonly id: string;
}

/** Events as they complete, from text as it arrives. Those with a name are passed over. */
export class EventParser {
  /** Of the last event that was complete, its data empty or not. */
  lastId = '';
  #rest = '';
  #id = '';
  #name = '';
  #data: string[] = [];

  /** A new connection: what was cut off comes again. */
  restart(): void {
    this.#rest = this.#name = '';
    this.#id = this.lastId;
    this.#data = [];
  }

  read(text: string): ParsedEvent[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => (line === '' ? this.#complete() : this.#field(line)));
  }

  #complete(): ParsedEvent[] {
    const isTold = this.#data.length > 0 && this.#name === '';
    const told = isTold ? [{ data: this.#data.join('\n'), id: this.#id }] : [];
    this.lastId = this.#id;
    this.#data = [];
    this.#name = '';
    return told;
  }

  #field(line: string): [] {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'data') this.#data.push(value);
    if (field === 'event') this.#name = value;
    if (field === 'id') this.#id = value;
    return [];
  }
}
