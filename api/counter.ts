/** Two counters: one outlives the request, the other does not. */

console.log('counter.ts is loaded');

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
