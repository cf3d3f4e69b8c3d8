/** A plain file server: it knows nothing of functions, and what is no file is a 404. */

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

export interface FileServer {
  readonly origin: string;
  /** Paths that were asked for and are no file, in order. */
  readonly missed: readonly string[];
  stop(): Promise<void>;
}

/** @param base where the folder stands, with a slash at both ends */
export async function serveFiles(folder: string, base = '/'): Promise<FileServer> {
  if (!existsSync(folder)) throw new Error(`${folder}/ is missing: build the site first`);
  const files = sirv(folder, { dev: false });
  const missed: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const miss = (): void => {
      missed.push(url);
      response.writeHead(404).end('not found');
    };
    if (!url.startsWith(base)) return miss();
    request.url = url.slice(base.length - 1);
    files(request, response, miss);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${String(port)}`,
    missed,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
