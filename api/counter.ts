/** Module scope lives as long as the instance does; handler scope, only as long as one request. */

let count = 0;

export default {
  // #region handler
  fetch(): Response {
    let handlerCount = 0;

    count += 1;
    handlerCount += 1;

    return Response.json({ count, handlerCount });
  },
  // #endregion
};
