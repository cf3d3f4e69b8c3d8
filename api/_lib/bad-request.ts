/** The 400 answer of the course's functions, as an RFC 9457 problem document. */

/** @param detail what was expected, what came, and what to do */
export function badRequest(detail: string): Response {
  return Response.json(
    { type: 'about:blank', title: 'Bad Request', status: 400, detail },
    { status: 400, headers: { 'content-type': 'application/problem+json' } },
  );
}
