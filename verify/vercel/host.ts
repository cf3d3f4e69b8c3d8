/**
 * A process that holds one Node function of the output, as Vercel's launcher would: imports the
 * emitted file and answers calls. A call is a line of JSON on the standard input, its answer a line
 * on descriptor 3.
 */

import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { HostAnswer, HostCall } from './function-process.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type Module = Record<string, unknown> & { readonly default?: Record<string, unknown> };

const ANSWERS = 3;
const [file = ''] = process.argv.slice(2);

const loading = import(pathToFileURL(file).href) as Promise<Module>;
// Each call says why it could not be loaded.
loading.catch(() => undefined);

createInterface({ input: process.stdin }).on('line', (line) => {
  void answer(JSON.parse(line) as HostCall);
});

async function answer(call: HostCall): Promise<void> {
  try {
    const handler = handlerOf(await loading, call.method);
    const response = await handler(requestOf(call));
    send({
      id: call.id,
      status: response.status,
      headers: [...response.headers],
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } catch (error) {
    send({ id: call.id, error: error instanceof Error ? (error.stack ?? '') : String(error) });
  }
}

/** `export default { fetch }`, or a function for each method. */
function handlerOf(module: Module, method: string): Handler {
  const handler = module[method] ?? module.default?.['fetch'];
  if (typeof handler !== 'function') throw new Error(`${file} exports no handler for ${method}.`);
  return (request) => (handler as Handler).call(module.default, request);
}

function requestOf({ method, url, headers, body }: HostCall): Request {
  return new Request(url, {
    method,
    headers: [...headers].map(([name, value]): [string, string] => [name, value]),
    body: body === '' ? null : Buffer.from(body, 'base64'),
  });
}

function send(message: HostAnswer): void {
  writeSync(ANSWERS, `${JSON.stringify(message)}\n`);
}
