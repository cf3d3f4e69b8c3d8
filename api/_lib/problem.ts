/** An answer that says what is wrong, as an RFC 9457 problem document. */

/** @param detail what was expected, what came, and what to do */
export function problem(
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { type: 'about:blank', title, status, detail },
    { status, headers: { 'content-type': 'application/problem+json', ...headers } },
  );
}
