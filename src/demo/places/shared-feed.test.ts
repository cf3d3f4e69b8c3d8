import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { FeedAnswer, FeedRequest } from './shared-feed.ts';

/** What the server is asked, and its stream for as long as somebody listens. */
interface Line {
  readonly url: string;
  readonly signal: AbortSignal;
  send(id: number, data: string): void;
}

const lines: Line[] = [];
let connect: (event: { readonly ports: readonly MessagePort[] }) => void = () => undefined;

beforeAll(async () => {
  vi.stubGlobal('addEventListener', (_type: string, listener: typeof connect) => {
    connect = listener;
  });
  vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
    let to: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (to = controller) });
    signal.addEventListener('abort', () => to.error(signal.reason));
    const text = new TextEncoder();
    lines.push({
      url,
      signal,
      send: (id, data) => to.enqueue(text.encode(`id: ${id}\ndata: ${data}\n\n`)),
    });
    return Promise.resolve(new Response(body));
  });
  await import('./shared-feed.ts');
});

afterAll(() => vi.unstubAllGlobals());

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) {
    port.postMessage({ url: '/events', from: null } satisfies FeedRequest);
    port.close();
  }
});

/** A tab of the site, and all that it was told. */
function tab(): { told: FeedAnswer[]; ask(from: number | null): void } {
  const { port1: own, port2: shared } = new MessageChannel();
  const told: FeedAnswer[] = [];
  own.addEventListener('message', ({ data }: MessageEvent<FeedAnswer>) => told.push(data));
  own.start();
  open.push(own);
  connect({ ports: [shared] });
  return { told, ask: (from) => own.postMessage({ url: '/events', from } satisfies FeedRequest) };
}

const eventsOf = (told: readonly FeedAnswer[]): string[] => told.flatMap(({ events }) => events);

test('tabs share one stream; one that comes later is told what it has not seen', async () => {
  const first = tab();
  first.ask(0);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(lines[0]?.url).toBe('/events?lastEventId=0');
  lines[0]?.send(7, '"a"');
  lines[0]?.send(8, '"b"');
  await vi.waitFor(() => expect(eventsOf(first.told)).toEqual(['"a"', '"b"']));

  const later = tab();
  later.ask(1);
  await vi.waitFor(() => expect(later.told).toEqual([{ from: 1, events: ['"b"'] }]));
  lines[0]?.send(9, '"c"');
  await vi.waitFor(() => expect(later.told.at(-1)).toEqual({ from: 2, events: ['"c"'] }));
  expect(lines).toHaveLength(1);
});

test('the stream is let go when no tab listens, and goes on where it was for the next', async () => {
  const one = tab();
  const other = tab();
  one.ask(0);
  other.ask(0);
  await vi.waitFor(() => expect(other.told).not.toEqual([]));
  const line = lines.at(-1);

  one.ask(null);
  other.ask(0);
  await vi.waitFor(() => expect(other.told).toHaveLength(2));
  expect(line?.signal.aborted).toBe(false);
  other.ask(null);
  await vi.waitFor(() => expect(line?.signal.aborted).toBe(true));

  one.ask(3);
  await vi.waitFor(() => expect(lines.at(-1)).not.toBe(line));
  expect(lines.at(-1)?.url).toBe('/events?lastEventId=9');
});
