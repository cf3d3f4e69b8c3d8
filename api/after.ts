/** Answers at once, and goes on working: what becomes of that depends on who runs it. */

const STEPS = 4;
const STEP_MS = 100;

let calls = 0;
let finished = 0;

export default {
  // #region handler
  fetch(): Response {
    calls += 1;
    void workOn(calls); // nobody waits for it
    return Response.json({ call: calls, finished });
  },
  // #endregion
};

async function workOn(call: number): Promise<void> {
  const answeredAt = Date.now();
  for (let step = 1; step <= STEPS; step += 1) {
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    console.log(`call ${call}, step ${step}: ${Date.now() - answeredAt} ms after its answer`);
  }
  finished += 1;
}
