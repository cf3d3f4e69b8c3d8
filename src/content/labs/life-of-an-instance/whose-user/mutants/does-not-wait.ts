/** Answers, and lets the saving go on by itself. */

const WORD = 'Hello'; // parameter: word

function greeting(user: string): string {
  return `${WORD}, ${user}!`;
}

/** @param saveVisit writes the visit down elsewhere, which takes a while */
export async function greet(
  name: string | null,
  saveVisit: (name: string) => Promise<void>,
): Promise<string> {
  const user = name ?? 'stranger';
  void saveVisit(user);
  return greeting(user);
}
