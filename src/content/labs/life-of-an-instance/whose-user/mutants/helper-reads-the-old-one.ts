/** Has a variable of its own, and a greeting that reads the shared one. */

const WORD = 'Hello'; // parameter: word

const user = 'stranger';

function greeting(): string {
  return `${WORD}, ${user}!`;
}

/** @param saveVisit writes the visit down elsewhere, which takes a while */
export async function greet(
  name: string | null,
  saveVisit: (name: string) => Promise<void>,
): Promise<string> {
  const user = name ?? 'stranger';
  await saveVisit(user);
  return greeting();
}
