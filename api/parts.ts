/**
 * One answer in five parts, each ready after a while: sent whole at the end, or part by part. With
 * `?how=in-turn` an instance does the one and then the other.
 */

import { badRequest } from './_lib/bad-request.ts';

const PARTS = ['Here ', 'is ', 'what ', 'you ', 'asked for.\n'];
const READY_AFTER_MS = 150;
const WAYS = ['whole', 'streamed'];
const headers = { 'content-type': 'text/plain; charset=utf-8' };

let calls = 0;

export default {
  async fetch(request: Request): Promise<Response> {
    const asked = new URL(request.url).searchParams.get('how') || 'whole';
    const how = asked === 'in-turn' ? WAYS[calls++ % 2] : asked;
    // #region ways
    if (how === 'streamed') return new Response(flowing(), { headers });
    if (how === 'whole') return new Response(await together(), { headers });
    // #endregion
    return badRequest(`how is whole, streamed or in-turn, not "${how}".`);
  },
};

/** The parts, each as soon as it is ready. */
async function* parts(): AsyncGenerator<string> {
  for (const part of PARTS) {
    await new Promise((resolve) => setTimeout(resolve, READY_AFTER_MS));
    yield part;
  }
}

async function together(): Promise<string> {
  let text = '';
  for await (const part of parts()) text += part;
  return text;
}

function flowing(): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(body) {
      for await (const part of parts()) body.enqueue(encoder.encode(part));
      body.close();
    },
  });
}
