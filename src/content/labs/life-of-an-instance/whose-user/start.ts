/** Greets whoever calls, and saves their visit. Somebody without a name is a stranger. */

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
  console.log(`${name} calls, and the user is ${user}`);
  await saveVisit(user);
  return greeting();
}
