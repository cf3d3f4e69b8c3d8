/** A small right course in a folder of its own, for tests that break one thing of it. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { checkCourse } from './check.ts';

export const LESSON = 'src/content/lessons/01-one.mdx';
export const QUIZZES = 'src/content/quizzes/one.yaml';

let root = '';

/** Makes the course before each test of the file and takes it away after. */
export function useSampleCourse(): void {
  afterEach(() => rmSync(root, { recursive: true }));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'course-'));
    write(
      'package.json',
      JSON.stringify({
        imports: {
          '#prose/*': './src/components/prose/*',
          '#figures/*': './src/components/figures/*',
        },
      }),
    );
    write('vercel.json', '{}');
    write(
      'api/hello.ts',
      '/** Says hello. */\n// #region handler\nexport default { fetch: () => new Response() };\n// #endregion\n',
    );
    write('api/items/[id].ts', 'export default { fetch: () => new Response() };\n');
    write(
      'api/py/hello.py',
      'class handler(BaseHTTPRequestHandler):\n    def do_GET(self): pass\n',
    );
    write('src/pages/glossary.astro', '');
    write(
      'src/content/facts.json',
      JSON.stringify([
        fact('T01-01'),
        fact('T01-02', { kind: 'unverified' }),
        fact('T01-03', { value: null }),
      ]),
    );
    write(
      'src/content/glossary.yaml',
      '- id: cold-start\n  term: cold start\n  short: The first call after none.\n',
    );
    write('src/content/resources.yaml', '[]\n');
    write('src/content/quizzes/one.yaml', QUIZ);
    const prop = (name: string, props: string): void =>
      write(`src/components/${name}.astro`, `---\ninterface Props {\n${props}\n}\n---\n`);
    prop('prose/Fact', "id: string; show?: 'value' | 'statement';");
    prop('prose/Term', 'id: string;');
    prop('prose/Aside', "kind: 'note' | 'warning'; title?: string;");
    prop('figures/Demo', 'id: string; fn: string; python?: string; path?: string; calls?: number;');
    prop('figures/Source', 'fn: string; region?: string;');
    prop('figures/Lanes', 'demo?: string; fn?: string;');
    prop('figures/Quiz', 'id: string;');
    lesson('01-one.mdx', {}, `${IMPORTS}\n${BODY}`);
  });
}

export const QUIZ = `- id: why
  kind: single
  question: Why?
  options:
    - { text: a, correct: true, why: because }
    - { text: b, why: no }
`;
/** The imports of the right lesson, and its text. */
export const IMPORTS = ['Demo', 'Source', 'Lanes', 'Quiz']
  .map((name) => `import ${name} from '#figures/${name}.astro';`)
  .concat(['Fact', 'Term'].map((name) => `import ${name} from '#prose/${name}.astro';`))
  .join('\n');
export const BODY = `
## Start

A <Term id="cold-start">cold start</Term> takes <Fact id="T01-01" />. See [above](#start) and
[the glossary](/glossary/#cold-start).

<Demo id="first" fn="/api/hello" python="/api/py/hello" calls={3} />

<Demo id="item" fn="/api/items/[id]" path="/api/items/42" />

<Source fn="/api/hello" region="handler" />

<Lanes demo="first" />

<Quiz id="why" />
`;

export function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function fact(id: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const source = { title: 'Docs', url: 'https://example.com/' };
  return {
    id,
    topic: 'limits',
    statement: 'It is so.',
    value: 5,
    unit: 'ms',
    region: null,
    asOf: null,
    source,
    kind: 'primary',
    note: null,
    ...change,
  };
}

export function lesson(file: string, data: Record<string, unknown> = {}, body = 'Text.\n'): void {
  const order = Number.parseInt(file, 10);
  const keys = {
    title: 'One',
    order,
    part: 'idea',
    summary: 'S.',
    minutes: 5,
    objectives: ['Do'],
    prerequisites: [],
    sources: [],
    updated: '2026-11-23',
    ...data,
  };
  const yaml = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  write(`src/content/lessons/${file}`, `---\n${yaml.join('\n')}\n---\n\n${body}`);
}

/** The right lesson with one piece replaced. */
export function broken(from: string, to: string): void {
  const body = `${IMPORTS}\n${BODY}`;
  if (!body.includes(from)) throw new Error(`The body does not hold ${from}.`);
  lesson('01-one.mdx', {}, body.replace(from, to));
}

/** `file ‹what it points at› problem cure`, one line each. */
export const found = (): string[] =>
  checkCourse(root).map(({ file, line, column, problem, cure }) => {
    const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
    const pointed = (text.split('\n')[line - 1] ?? '').slice(column - 1, column + 4);
    return `${file} ‹${pointed}› ${problem} ${cure}`;
  });

/** The folder of the course. */
export const sampleRoot = (): string => root;

/** The one mistake there is. @throws when there are more, or none */
export function only(): string {
  const [first, ...others] = found();
  if (first !== undefined && others.length === 0) return first;
  throw new Error(`Expected one mistake, found:\n${found().join('\n')}`);
}
