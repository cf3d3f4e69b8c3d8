/** Refuses by the label, and does not look into the body. */

/** The field of the body that holds the text. */
const FIELD = 'text'; // parameter: field

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method !== 'POST') {
      return new Response(null, { status: 405, headers: { allow: 'POST' } });
    }
    const label = request.headers.get('content-type') ?? '';
    if (!label.startsWith('application/json')) return refuse('Expected JSON.');
    const text = textIn(await request.text());
    if (text === null) return refuse(`Expected a JSON object with a text in "${FIELD}".`);
    const shout = text.toUpperCase().normalize('NFC');
    return Response.json({ shout, length: [...shout].length });
  },
};

/** The text that the body holds; null when it holds none. */
function textIn(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body)?.[FIELD];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** An answer that says what was expected, as a problem document. */
function refuse(detail: string): Response {
  const problem = { title: 'This cannot be shouted', status: 400, detail };
  const headers = { 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify(problem), { status: 400, headers });
}
