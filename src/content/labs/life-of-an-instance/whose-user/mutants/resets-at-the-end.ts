/** Empties the shared variable when a call ends. */

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
  try {
    await saveVisit(user);
    return greeting();
  } finally {
    user = 'stranger';
  }
}
