/** A room in module scope. A caller is in it for as long as its call lasts, as with an open WebSocket. */

const STAYS_MS = 500;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let inTheRoom = 0;

export default {
  // #region handler
  async fetch(): Promise<Response> {
    inTheRoom += 1;
    await wait(STAYS_MS / 2);
    const people = inTheRoom;
    await wait(STAYS_MS / 2);
    inTheRoom -= 1;
    return Response.json({ people });
  },
  // #endregion
};
