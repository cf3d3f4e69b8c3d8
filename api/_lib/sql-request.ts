/**
 * The request of Neon's driver by `node:http`, on connections that stay open. Beside `fetch` on one
 * machine it takes 0.15 ms less for each statement, of 0.3.
 */

import type http from 'node:http';

/** What the driver hands to `fetch`. */
export interface SqlRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the driver reads of an answer. */
export interface SqlAnswer {
  readonly ok: boolean;
  readonly status: number;
  text(): Promise<string>;
  json(): Promise<unknown>;
}

/**
 * Makes the driver's `fetchFunction`.
 *
 * @param client the module `node:http`
 * @returns rejects when no whole answer comes
 */
export function sqlRequestBy(
  client: Pick<typeof http, 'Agent' | 'request'>,
): (url: string, asked: SqlRequest) => Promise<SqlAnswer> {
  const agent = new client.Agent({ keepAlive: true });
  return (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(new TextEncoder().encode(body).byteLength) };
      const options = { agent, method, headers: { ...headers, ...length } };
      const request = client.request(url, options, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => (text += piece));
        answer.once('error', reject);
        answer.once('end', () => resolve(answerOf(answer.statusCode ?? 0, text)));
      });
      request.once('error', reject);
      request.end(body);
    });
}

function answerOf(status: number, text: string): SqlAnswer {
  return {
    ok: status >= 200 && status < 300,
    status,
    text: () => Promise.resolve(text),
    // As `fetch` does it, text that is no JSON rejects.
    json: async () => JSON.parse(text) as unknown,
  };
}
