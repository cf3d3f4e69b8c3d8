/** Makes the greeting before another call can come between, of a variable that outlives the call. */

const WORD = 'Hello'; // parameter: word

let user = 'stranger';

function greeting(): string {
  return `${WORD}, ${user}!`;
}

/** @param saveVisit writes the visit down elsewhere, which takes a while */
export async function greet(
  name: string | null,
  saveVisit: (name: string) => Promise<void>,
): Promise<string> {
  if (name !== null) user = name;
  const text = greeting();
  await saveVisit(user);
  return text;
}
