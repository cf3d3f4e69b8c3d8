/** Lets each caller wait for the one before. */

const WORD = 'Hello'; // parameter: word

/** Ends when the call before has ended. */
let before: Promise<unknown> = Promise.resolve();

function greeting(user: string): string {
  return `${WORD}, ${user}!`;
}

/** @param saveVisit writes the visit down elsewhere, which takes a while */
export async function greet(
  name: string | null,
  saveVisit: (name: string) => Promise<void>,
): Promise<string> {
  const user = name ?? 'stranger';
  const mine = before.then(() => saveVisit(user));
  before = mine;
  await mine;
  return greeting(user);
}
