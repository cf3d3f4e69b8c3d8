/**
 * Greets by a last name: the canary of `api/greeting.ts`. Whoever wrote it had a last name, and so had
 * everybody who tried it. It throws for those who have one name only.
 */

export default {
  // #region handler
  fetch(request: Request): Response {
    const name = new URL(request.url).searchParams.get('name') || 'Ada Lovelace';
    const [, last] = name.split(' ') as [string, string];
    return Response.json({ greeting: `Good day, ${last.toUpperCase()}!`, revision: 'canary' });
  },
  // #endregion
};
