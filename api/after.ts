/** Answers, and goes on working: what becomes of that depends on who runs it. */

const STEPS = 4;

let calls = 0;
let finished = 0;

export default {
  // #region handler
  async fetch(): Promise<Response> {
    calls += 1;
    const call = calls;
    await wait(150);
    void workOn(call); // nobody waits for it
    return Response.json({ call, finished });
  },
  // #endregion
};

/** Some 400 ms of work. */
async function workOn(call: number): Promise<void> {
  for (let step = 1; step <= STEPS; step += 1) {
    await wait(100);
    console.log(`step ${step} of the work of call ${call}`);
  }
  finished += 1;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
