/**
 * Serves the built site: one address for each page, and conditional requests, ranges and codings by
 * RFC 9110.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { problem } from '../core/problem.ts';
import type { Site } from './gateway.ts';
import { sendProblem } from './message.ts';
import { sendRepresentation, sendWhole, type Pour } from './representation.ts';
import { BuiltSite } from './site-files.ts';

/** @param folder `dist`. @param unbuilt answers while there is no site in it */
export function serveFiles(folder: string, unbuilt: Site): Site {
  const site = new BuiltSite(folder);
  return (request, response) => {
    const { current } = site;
    if (current === null) {
      unbuilt(request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const detail = `A page answers GET, not ${request.method ?? ''}. Functions are under /api/.`;
      sendProblem(response, problem('method-not-allowed', detail), { allow: 'GET, HEAD' });
      return;
    }
    const [path, query] = pathOf(request);
    const file = current.files.get(path);
    const moved = current.moved.get(path);
    if (file !== undefined) sendRepresentation(request, response, file, pour);
    else if (moved !== undefined) redirect(response, encodeURI(moved) + query);
    else sendWhole(request, response, { file: current.notFound, pour, status: 404 });
  };
}

/** The decoded path and the query, `?` included. A path that cannot be decoded names no file. */
function pathOf({ url = '' }: IncomingMessage): readonly [path: string, query: string] {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  try {
    return [decodeURIComponent(path), at < 0 ? '' : url.slice(at)];
  } catch {
    return ['', ''];
  }
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(308, { location, 'content-length': 0, 'cache-control': 'no-cache' });
  response.end();
}

const pour: Pour<Buffer> = (response, bytes, range) => {
  response.end(range === null ? bytes : bytes.subarray(range.start, range.end + 1));
};
