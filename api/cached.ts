/** Greets whoever is signed in, slowly. A cache before it must not give one's greeting to another. */

import { sessionOf } from './_lib/session.ts';

let made = 0;

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const session = await sessionOf(request);
    made += 1;
    return Response.json({ greeting: `Hello, ${session?.user ?? 'stranger'}!`, made });
  },
  // #endregion
};
