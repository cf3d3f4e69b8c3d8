/** The built site, from its folder. */

import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { problem } from '../core/problem.ts';
import type { Site } from './gateway.ts';
import { sendProblem } from './message.ts';

/** Astro names these after their content, so they never change. */
const IMMUTABLE = /^\/_astro\//;

/** @param folder `dist`; precompressed `.br` and `.gz` files are used where they are */
export function serveFiles(folder: string): Site {
  const files = sirv(folder, {
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders(response, path) {
      const immutable = IMMUTABLE.test(path);
      response.setHeader(
        'cache-control',
        immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      response.setHeader('x-content-type-options', 'nosniff');
    },
  });
  const page = notFoundPage(folder);
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const detail = `A page answers GET, not ${request.method ?? ''}. Functions are under /api/.`;
      sendProblem(response, problem('method-not-allowed', detail), { allow: 'GET, HEAD' });
      return;
    }
    if (!isPlainRange(request.headers.range)) delete request.headers.range;
    endTogether(response);
    files(request, response, () => {
      response.writeHead(404, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': page.byteLength,
        'cache-control': 'no-cache',
      });
      response.end(page);
    });
  };
}

/** sirv knows `bytes=2-` and `bytes=2-5`; any other range may be ignored (RFC 9110, 14.2). */
function isPlainRange(range: string | undefined): boolean {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  return first !== undefined && (last === '' || Number(first) <= Number(last));
}

/** sirv pipes a file and forgets it: a reader who leaves, or a file that is gone, is handled here. */
function endTogether(response: ServerResponse): void {
  response.once('pipe', (file: Readable) => {
    file.once('error', () => response.destroy());
    response.once('close', () => file.destroy());
  });
}

function notFoundPage(folder: string): Buffer {
  const file = join(folder, '404.html');
  return existsSync(file) ? readFileSync(file) : Buffer.from('<h1>404: nothing is here</h1>\n');
}
