/** There are servers; this one tells which it is, how long it has lived, and whom it has served. */

const startedAt = Date.now();
let served = 0;

export default {
  // #region handler
  fetch(): Response {
    served += 1;
    return Response.json({
      ...machine(),
      startedAt: new Date(startedAt).toISOString(),
      ageMs: Date.now() - startedAt,
      served,
    });
  },
  // #endregion
};

// #region machine
/** A browser's worker, or an isolate at the edge, is no process: then there is less to tell. */
function machine() {
  const { process, navigator } = globalThis;
  const os = process?.getBuiltinModule?.('node:os');
  return {
    host: os?.hostname() ?? null,
    system: os ? `${os.type()} ${os.release()} (${os.arch()})` : null,
    runtime: os ? `Node.js ${process.version}` : navigator.userAgent,
    pid: os ? process.pid : null,
  };
}
// #endregion
