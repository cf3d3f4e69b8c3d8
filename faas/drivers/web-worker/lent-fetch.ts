/** In the sandbox: `fetch`, answered by the page for the addresses that it grants. */

import type { Favors } from './favors.ts';

/** Puts a `fetch` in the place of the browser's own, which the sandbox's policy refuses. */
export function lendFetch(favors: Favors): void {
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url, method, headers, body, signal } = request;
    signal.throwIfAborted();
    const answered = favors.ask({
      kind: 'fetch',
      url,
      method,
      headers: [...headers],
      body: body === null ? null : new Uint8Array(await request.arrayBuffer()),
    });
    const aborted = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => aborted.reject(signal.reason as Error), { once: true });
    const answer = await Promise.race([answered, aborted.promise]);
    const { status } = answer;
    // A response of these statuses must be made without a body.
    const bytes = [204, 205, 304].includes(status) ? null : answer.body;
    return new Response(bytes as Uint8Array<ArrayBuffer> | null, {
      status,
      headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
    });
  };
}
