/** A function that does nothing and imports nothing: its start is all the platform's and the runtime's. */

export default {
  // #region handler
  fetch(): Response {
    return Response.json({ done: true });
  },
  // #endregion
};
