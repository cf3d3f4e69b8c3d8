/** What a function without a grant is told: which line of the platform file gives it. */

/** The part of a grant's name before a colon, as people say it. */
const WORDS: Readonly<Record<string, string>> = {
  objects: 'the object store',
  store: 'the database',
};

/** @param grant such as `objects` or `store:direct` */
export function whyNotGranted(name: string, grant: string): string {
  const what = WORDS[grant.split(':', 1)[0] ?? ''] ?? grant;
  return refusal(name, `use ${what}`, grant);
}

/** Both by their routes. */
export function whyNotCalled(caller: string, callee: string): string {
  return refusal(caller, `call ${callee}`, `call:${callee}`);
}

function refusal(name: string, what: string, grant: string): string {
  return `${name} may not ${what}. Grant it in api/_platform.json: "grants": { "${name}": ["${grant}"] }`;
}
