/** Lessons as long as a short one of the course, to see what many of them cost: text and six code blocks each. */

import { stringify } from 'yaml';

export interface GeneratedLesson {
  readonly slug: string;
  /** MDX with the frontmatter of a lesson. */
  readonly text: string;
}

const SUBJECTS = ['queues', 'timers', 'orders', 'tickets', 'readings', 'parcels', 'bookings'];
const VERBS = ['count', 'merge', 'store', 'sort', 'send', 'drop', 'retry', 'price'];

/** @param count integer ≥ 1 */
export function generateLessons(count: number): GeneratedLesson[] {
  return Array.from({ length: count }, (_, index) => {
    const slug = slugOf(index);
    return { slug, text: `---\n${stringify(frontmatter(index))}---\n\n${body(index)}` };
  });
}

function slugOf(index: number): string {
  return `generated-${String(index + 1).padStart(5, '0')}`;
}

function frontmatter(index: number): Record<string, unknown> {
  return {
    title: `Lesson ${index + 1}: how to ${verb(index)} ${subject(index)}`,
    summary: `What happens to ${subject(index)} when nobody waits for them.`,
    minutes: 5 + (index % 20),
    objectives: [`${verb(index)} ${subject(index)} in a function`, 'say what that costs'],
    prerequisites: index === 0 ? [] : [slugOf(index - 1)],
    sources: [],
    updated: '2026-11-29',
  };
}

function body(lesson: number): string {
  const sections = [typescript, python, shell, json, typescript, python].map((block, place) => {
    const seed = lesson * 6 + place;
    return `## ${place + 1}. To ${verb(seed)} ${subject(lesson + place)}\n\n${prose(seed)}\n\n${block(seed)}\n\n${prose(seed + 3)}`;
  });
  return `${sections.join('\n\n')}\n`;
}

function prose(seed: number): string {
  const [one, two] = [subject(seed), subject(seed + 3)];
  return `A function that has to ${verb(seed)} ${one} knows nothing of the ${two} before it. It reads
them, does its work in about ${10 + (seed % 90)} ms, and **forgets** them: \`${verb(seed)}\` is called
again for the next ${1 + (seed % 40)}, and may well run in another instance. So whatever has to last is
kept elsewhere, and what is kept here is only *a copy* that somebody can do without.`;
}

function typescript(seed: number): string {
  const name = `${verb(seed)}${capital(subject(seed))}`;
  return fence(
    'ts',
    `import { open, type Store } from './store.ts';

/** At most this many in one call. */
const LIMIT = ${100 + (seed % 400)};

export async function ${name}(request: Request): Promise<Response> {
  const store: Store = await open(process.env['STORE_URL'] ?? 'memory:');
  const found = await store.list<{ id: string; at: number }>({ limit: LIMIT });
  if (found.length === 0) return new Response(null, { status: 204 });
  const latest = found.map(({ at }) => at).reduce((a, b) => Math.max(a, b), ${seed % 7});
  return Response.json({ count: found.length, latest, path: new URL(request.url).pathname });
}`,
  );
}

function python(seed: number): string {
  return fence(
    'python',
    `import json
from http.server import BaseHTTPRequestHandler

LIMIT = ${50 + (seed % 200)}

class handler(BaseHTTPRequestHandler):
    """Answers with the ${subject(seed)} that are left."""

    def do_GET(self):
        left = [n for n in range(LIMIT) if n % ${2 + (seed % 5)} != 0]
        body = json.dumps({"left": len(left), "first": left[:3]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(body)`,
  );
}

function shell(seed: number): string {
  return fence(
    'sh',
    `for n in $(seq 1 ${2 + (seed % 30)}); do
  curl -s "http://localhost:4321/api/${subject(seed)}?n=$n" \\
    -H 'content-type: application/json' | tail -n 1   # one line each
done`,
  );
}

function json(seed: number): string {
  const policy = { idleTimeoutMs: 1_000 * (1 + (seed % 60)), maxInstances: 1 + (seed % 100) };
  const calls = [{ at: seed % 500, waitMs: 40, name: verb(seed) }];
  return fence('json', JSON.stringify({ of: subject(seed), policy, calls, cold: null }, null, 2));
}

function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

function verb(seed: number): string {
  return VERBS[seed % VERBS.length] ?? '';
}

function subject(seed: number): string {
  return SUBJECTS[seed % SUBJECTS.length] ?? '';
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A course list of four parts, as the course's own has: `course.yaml`. */
export function courseList(slugs: readonly string[]): string {
  const each = Math.ceil(slugs.length / 4);
  const parts = [0, 1, 2, 3].map((part) => ({
    id: `part-${part + 1}`,
    title: `Part ${part + 1}`,
    lessons: slugs.slice(part * each, (part + 1) * each),
  }));
  return stringify(parts.filter(({ lessons }) => lessons.length > 0));
}
