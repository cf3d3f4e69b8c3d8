/** The smallest function: a request comes in, a response goes out. */

export default {
  // #region handler
  fetch(request: Request): Response {
    const name = new URL(request.url).searchParams.get('name');
    return Response.json({ greeting: `Hello, ${name || 'world'}!` });
  },
  // #endregion
};
