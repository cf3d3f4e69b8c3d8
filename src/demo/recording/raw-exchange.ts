/** One call over a bare socket, to show what goes over the line. */

import { connect } from 'node:net';
import { shownBody, type RawCall, type RawExchange } from '#src/demo/places/line.ts';

/** Longest wait for the whole answer, in ms: a cold start on a busy machine. */
const PATIENCE_MS = 30_000;

/**
 * Sends one call with three headers and those of its own, and reads until the far side hangs up.
 *
 * @param origin of the gateway @default FAAS_ORIGIN, which a build sets
 * @throws when there is no gateway, or no answer comes in time
 */
export function rawExchange(
  { address, method = 'GET', headers = {}, body = '' }: RawCall,
  origin = process.env['FAAS_ORIGIN'],
): Promise<RawExchange> {
  if (origin === undefined) {
    throw new Error(
      'Expected FAAS_ORIGIN to name the gateway that runs are recorded with. `npm run build` and `npm run dev` set it.',
    );
  }
  const { hostname, port } = new URL(origin);
  const own = Object.entries({
    ...headers,
    ...(body.length > 0 && { 'content-length': String(Buffer.byteLength(body)) }),
  });
  // The page says what a reader's own machine would send.
  const lines = [
    `${method} ${address} HTTP/1.1`,
    'host: localhost:4321',
    'accept: */*',
    ...own.map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  const head = `${lines.join('\r\n')}\r\n\r\n`;
  const call = head + shownBody(body);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.setTimeout(PATIENCE_MS, () => {
      socket.destroy(new Error(`${address} was not answered within ${PATIENCE_MS} ms.`));
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('end', () => resolve({ call, answer: Buffer.concat(chunks).toString('utf8') }));
    // Half-closing would tell some servers that the caller has left.
    socket.write(
      Buffer.concat([Buffer.from(head), typeof body === 'string' ? Buffer.from(body) : body]),
    );
  });
}
