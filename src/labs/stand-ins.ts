/** Functions that know nothing of a lab, and must not pass its contract. */

import type { FirstAnswer } from '#faas/labs/lab-stage.ts';
import type { EntryAnswer } from '#faas/labs/entry-calls.ts';
import type { LabFolder, LabLanguage } from './lab-folder.ts';

/** Code that answers every call with nothing. */
export function doesNothing(lab: LabFolder, language: LabLanguage): string {
  return alwaysAnswers(lab, language, { status: 200, contentType: null, body: '' });
}

/** Code that answers every call with what the solution answered first. */
export function alwaysAnswers(
  { data }: LabFolder,
  language: LabLanguage,
  { status, contentType, body }: FirstAnswer,
): string {
  if (data.entry !== undefined) {
    const { results = [] } = (body === '' ? {} : JSON.parse(body)) as Partial<EntryAnswer>;
    const [first] = results;
    const value = JSON.stringify(first !== undefined && 'value' in first ? first.value : null);
    return data.entry.map((name) => namedAnswer(name, language, value)).join('\n\n');
  }
  const type = JSON.stringify(contentType ?? 'text/plain');
  const text = JSON.stringify(body);
  if (language === 'python') {
    return `from http.server import BaseHTTPRequestHandler


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = ${text}.encode()
        self.send_response(${status})
        self.send_header("content-type", ${type})
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_GET
`;
  }
  return `export default {
  fetch() {
    return new Response(${text}, { status: ${status}, headers: { 'content-type': ${type} } });
  },
};
`;
}

function namedAnswer(name: string, language: LabLanguage, json: string): string {
  if (language === 'typescript') return `export function ${name}() { return ${json}; }`;
  return `import json\n\n\ndef ${name}(*_):\n    return json.loads(${JSON.stringify(json)})\n`;
}
