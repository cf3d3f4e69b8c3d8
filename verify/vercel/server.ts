/** Serves what `vercel build` wrote: pages from its static files, functions from processes. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Site } from '../../faas/gateway/gateway.ts';
import { serveFiles } from '../../faas/gateway/static-files.ts';
import { FunctionProcess } from './function-process.ts';
import type { Output, OutputFunction } from './output.ts';

export interface OutputServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * @param project folder that the output was built from
 * @param python interpreter for Python functions; null when there are none
 * @param variables of every function's environment. @default none
 */
export async function serveOutput(
  output: Output,
  project: string,
  python: string | null,
  variables: Readonly<Record<string, string>> = {},
): Promise<OutputServer> {
  const processes = new Map<OutputFunction, FunctionProcess>(
    [...output.functions.values()].map((fn) => [
      fn,
      new FunctionProcess(fn, project, python, variables),
    ]),
  );
  const files = serveFiles(output.static, noPages);
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    for (const [name, value] of Object.entries(output.headers(url)))
      response.setHeader(name, value);
    const resolved = output.resolve(url);
    if (resolved.kind === 'status') return void response.writeHead(resolved.status).end();
    if (resolved.kind === 'file') return void files(request, response);
    const process = processes.get(resolved.function);
    if (process === undefined) return void response.writeHead(500).end();
    callFunction(process, resolved.url, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    async stop() {
      for (const process of processes.values()) process.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const noPages: Site = (_request, response) => {
  response.writeHead(404).end('The output has no static files.');
};

/** @param path with the query that the route adds: `/api/items/42?id=42` */
async function callFunction(
  process: FunctionProcess,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = (await buffer(request)).toString('base64');
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const url = `http://${request.headers.host ?? 'localhost'}${path}`;
  const answer = await process.call({ method: request.method ?? 'GET', url, path, headers, body });
  if ('error' in answer) {
    // What Vercel answers for a function that cannot be loaded, throws or ends; the reason is ours.
    response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`FUNCTION_INVOCATION_FAILED\n${answer.error}`);
    return;
  }
  response.writeHead(answer.status, answer.headers.flat());
  response.end(Buffer.from(answer.body, 'base64'));
}
