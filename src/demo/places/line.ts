/** One call as it goes over the line: its text, and the text of its answer. */

/** What was sent and what came back, line ends included. */
export interface RawExchange {
  readonly call: string;
  readonly answer: string;
}

/** What is sent. */
export interface RawCall {
  /** Path and query: `/api/hello?name=Ada`. */
  readonly address: string;
  /** @default GET */
  readonly method?: string;
  /** Headers of one's own, by lower-case name. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or bytes, which are named by their number in what is shown. @default none */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/**
 * The same made by a page. The browser adds its own cookie, and shows no script what it has added; so the
 * text has the headers that were asked for.
 *
 * @param origin where a gateway of ours answers
 * @throws when no whole answer came
 */
export async function exchangeByFetch(
  origin: string,
  { address, method = 'GET', headers = {}, body = '' }: RawCall,
  signal: AbortSignal,
): Promise<RawExchange> {
  // What is told of a cookie is words for the reader, and no header that could be sent.
  const sent = Object.entries(headers).filter(([name]) => name !== 'cookie');
  const response = await fetch(origin + address, {
    method,
    headers: Object.fromEntries(sent),
    body: body.length > 0 ? body : null,
    // Any other mode adds Cache-Control to the call, and the front door's cache goes by that.
    cache: 'default',
    signal,
  });
  const text = await response.text();
  return {
    call: message(`${method} ${address} HTTP/1.1`, Object.entries(headers), shownBody(body)),
    answer: message(
      `HTTP/1.1 ${response.status} ${response.statusText}`,
      [...response.headers],
      text,
    ),
  };
}

/** A body as it is shown. */
export function shownBody(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : `(${body.length} bytes)`;
}

function message(
  first: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: string,
): string {
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
