/**
 * `npm run -s first-answer`: how long it takes from an empty file to an address that answers. In a folder
 * that is new it starts a platform, writes a function into it, and asks that function at once.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sendProblem } from '../gateway/message.ts';
import { listen } from '../gateway/server.ts';
import { LocalPlatform } from '../local/local-platform.ts';
import { parseServeOptions } from '../local/serve-options.ts';
import { problem } from '../core/problem.ts';

/** What is written, by language. */
const FILES = [
  {
    language: 'TypeScript',
    file: 'api/hi.ts',
    text: `export default {
  fetch(request: Request): Response {
    const name = new URL(request.url).searchParams.get('name');
    return new Response(\`Hello, \${name}!\`);
  },
};
`,
  },
  {
    language: 'Python',
    file: 'api/py/hi.py',
    text: `from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = parse_qs(urlsplit(self.path).query)["name"][0]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"Hello, {name}!".encode())
`,
  },
];

/** One file, from being written to being answered by. */
export interface FileAnswer {
  readonly language: string;
  readonly file: string;
  readonly text: string;
  /** From before the file was written until the platform had read it, in ms. */
  readonly readMs: number;
  /** From before the file was written until the whole answer was there, in ms. */
  readonly answeredMs: number;
  /** Path and query that were asked. */
  readonly address: string;
  readonly answer: string;
  /** Why there was no answer on this machine; null when there was one. */
  readonly missing: string | null;
}

/** @throws when a function is there and does not answer 200 */
export async function firstAnswers(): Promise<FileAnswer[]> {
  const root = mkdtempSync(join(tmpdir(), 'first-answer-'));
  mkdirSync(join(root, 'api/py'), { recursive: true });
  const local = new LocalPlatform({
    root,
    site: (_request, response) => sendProblem(response, problem('not-found', 'No such page.')),
    options: parseServeOptions([], {}),
    development: true,
    onError: (error) => console.error(error),
  });
  const server = await listen(local.gateway, '127.0.0.1', 0);
  const found: FileAnswer[] = [];
  try {
    for (const { language, file, text } of FILES) {
      const address = `/${file.replace(/\.\w+$/, '')}?name=Ada`;
      const began = performance.now();
      writeFileSync(join(root, file), text);
      local.changed(file);
      const readMs = performance.now() - began;
      const response = await fetch(server.origin + address);
      const answer = await response.text();
      const answeredMs = performance.now() - began;
      const missing = language === 'Python' ? local.missingPython : null;
      if (!response.ok && missing === null)
        throw new Error(`${file} answered ${response.status}: ${answer}`);
      found.push({ language, file, text, readMs, answeredMs, address, answer, missing });
    }
    return found;
  } finally {
    await server.stop(0);
    await local.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const answers = await firstAnswers();
  if (process.argv.includes('--json')) console.log(JSON.stringify(answers));
  else {
    for (const { file, readMs, answeredMs, address, answer, missing } of answers) {
      const came = missing ?? `${Math.round(answeredMs)} ms until ${address} answered: ${answer}`;
      console.log(`${file}: ${Math.round(readMs)} ms until it was read, ${came}`);
    }
  }
}
