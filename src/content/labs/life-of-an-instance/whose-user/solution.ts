/** Greets whoever calls, and saves their visit. Somebody without a name is a stranger. */

const WORD = 'Hello'; // parameter: word

function greeting(user: string): string {
  return `${WORD}, ${user}!`;
}

/** @param saveVisit writes the visit down elsewhere, which takes a while */
export async function greet(
  name: string | null,
  saveVisit: (name: string) => Promise<void>,
): Promise<string> {
  // #region lines
  const user = name ?? 'stranger';
  await saveVisit(user);
  return greeting(user);
  // #endregion
}
