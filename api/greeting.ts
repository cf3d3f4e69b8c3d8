/**
 * Greets by a first name: the steady one of two revisions. The other is `api/_revisions/greeting.ts`, and
 * `api/_platform.json` says who gets which.
 */

export default {
  // #region handler
  fetch(request: Request): Response {
    const name = new URL(request.url).searchParams.get('name') || 'Ada Lovelace';
    const [first] = name.split(' ');
    return Response.json({ greeting: `Hello, ${first}!`, revision: 'steady' });
  },
  // #endregion
};
