/** One answer in five parts, each ready after a while: sent whole at the end, or part by part. */

import { badRequest } from './_lib/bad-request.ts';

const PARTS = ['Here ', 'is ', 'what ', 'you ', 'asked for.\n'];
const READY_AFTER_MS = 150;
const headers = { 'content-type': 'text/plain; charset=utf-8' };

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const how = new URL(request.url).searchParams.get('how') || 'whole';
    if (how === 'streamed') return new Response(flowing(), { headers });
    if (how !== 'whole') return badRequest(`how is whole or streamed, not "${how}".`);

    let text = '';
    for await (const part of parts()) text += part;
    return new Response(text, { headers });
  },
  // #endregion
};

/** The parts, each as soon as it is ready. */
async function* parts(): AsyncGenerator<string> {
  for (const part of PARTS) {
    await new Promise((resolve) => setTimeout(resolve, READY_AFTER_MS));
    yield part;
  }
}

// #region flowing
function flowing(): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(body) {
      for await (const part of parts()) body.enqueue(encoder.encode(part));
      body.close();
    },
  });
}
// #endregion
