/** Empties the shared variable when a call begins. */

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
  user = 'stranger';
  if (name !== null) user = name;
  await saveVisit(user);
  return greeting();
}
