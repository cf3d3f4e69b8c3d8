/** A guestbook behind an impatient door: saving takes longer than the door waits. The entries are only counted, in memory. */

const SAVE_MS = 1500;

let saved = 0;

// #region handler
export async function POST(): Promise<Response> {
  console.log('begins to save');
  await new Promise((resolve) => setTimeout(resolve, SAVE_MS));
  saved += 1;
  console.log(`saved, entry ${saved}`);
  return Response.json({ saved }, { status: 201 });
}

export function GET(): Response {
  return Response.json({ saved });
}
// #endregion
