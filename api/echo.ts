/** The event as the function sees it: method, URL, headers and body, sent straight back. */

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    return Response.json({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    });
  },
  // #endregion
};
