/** Every way a function can go wrong, on purpose: it throws, leaves, hangs, or grows too big. */

import { badRequest } from './_lib/bad-request.ts';

let calls = 0;

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const how = query.get('how') ?? '';
    const at = query.get('at');
    calls += 1;
    console.log(`call ${calls} of this instance`);

    if (!isWay(how)) return noSuchWay(how);
    // With ?at=2, only the second call of an instance goes wrong.
    const isNow = at === null || Number(at) === calls;
    return isNow ? WAYS[how]() : Response.json({ calls });
  },
  // #endregion
};

const WAYS = { throw: throwIt, exit, hang, grow };

function isWay(how: string): how is keyof typeof WAYS {
  return Object.hasOwn(WAYS, how);
}

function noSuchWay(how: string): Response {
  return badRequest(`how is throw, exit, hang or grow, not "${how}": try ?how=throw.`);
}

function throwIt(): Response {
  throw new Error('Thrown on purpose, as ?how=throw asked');
}

/** Ends the process; in a browser, the worker. */
function exit(): Response {
  if (typeof process === 'undefined') globalThis.close?.();
  else process.exit(1);
  throw new Error('This place has no way to leave.');
}

/** A loop that never ends and never lets go: only a kill from outside stops it. */
function hang(): Response {
  for (;;);
}

/** Takes 400 MB a second, until it is killed, or has a gigabyte that nobody minded. */
async function grow(): Promise<Response> {
  const held: Uint8Array[] = [];
  while (held.length < 125) {
    held.push(new Uint8Array(8e6).fill(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Response.json({ heldMb: held.length * 8 });
}
