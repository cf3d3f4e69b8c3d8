import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { slugOf } from './course-list.ts';
import { coursePartSchema, glossarySchema } from './schemas.ts';

const root = new URL('../../', import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, root), 'utf8');

const ids = glossarySchema
  .array()
  .parse(parse(text('src/content/glossary.yaml')))
  .map(({ id }) => id);

/** Words that a second-year student need not know, and the entry that says what they mean. */
const WORDS: readonly (readonly [word: RegExp, id: string])[] = [
  [/\bactivators?\b/i, 'activator'],
  [/\bAPI gateways?\b/, 'api-gateway'],
  [/\bback-?off\b/i, 'back-off'],
  [/\bbuckets?\b/i, 'bucket'],
  [/\bbursts?\b/i, 'burst'],
  [/\bcalls?\b/i, 'call'],
  [/\bcanary\b/i, 'canary'],
  [/\bcode points?\b/i, 'code-point'],
  [/\bcold\b/i, 'cold-start'],
  [/\bconcurrency\b/i, 'concurrency'],
  [/\bconnections?\b/i, 'connection'],
  [/\bcontainers?\b/i, 'container'],
  [/\bcontent[- ]types?\b/i, 'content-type'],
  [/\bcookies?\b/i, 'cookie'],
  [/\bdeadlines?\b/i, 'deadline'],
  [/\begress\b/i, 'egress'],
  [/\benvironment variables?\b/i, 'environment-variable'],
  [/\bfan-out\b/i, 'fan-out'],
  [/\bfront[- ]ends?\b/i, 'front-end'],
  [/\bGB-s(?:econds?)?\b/, 'gb-second'],
  [/\bhash(?:es)?\b/i, 'hash'],
  [/\bheaders?\b/i, 'header'],
  [/\bimages?\b/i, 'image'],
  [/\binit\b/i, 'init'],
  [/\bjitter\b/i, 'jitter'],
  [/\bkeep-alive\b/i, 'keep-alive'],
  [/\bload balancers?\b/i, 'load-balancer'],
  [/\blogs?\b(?! in)/i, 'log'],
  [/\borigins?\b/i, 'origin'],
  [/\bp(?:50|90|95|99)\b|\bpercentiles?\b/i, 'percentile'],
  [/\bpods?\b/i, 'pod'],
  [/\bconnection pools?\b|\bpools?\b/i, 'pool'],
  [/\bpreflight\b/i, 'preflight'],
  [/\bproblem documents?\b/i, 'problem-document'],
  [/\bprocess(?:es)?\b/i, 'process'],
  [/\bretr(?:y|ies)\b/i, 'retry'],
  [/\bsagas?\b/i, 'saga'],
  [/\bSIG[A-Z]+\b|\bsignals?\b/, 'signal'],
  [/\bsignatures?\b/i, 'signature'],
  [/\bsimple requests?\b/i, 'simple-request'],
  [/\bsnapshots?\b/i, 'snapshot'],
  [/\bspans?\b/i, 'span'],
  [/\bstatus\b/i, 'status'],
  [/\bstreams?\b/i, 'stream'],
  [/\btoken buckets?\b/i, 'token-bucket'],
  [/\btransactions?\b/i, 'transaction'],
  [/\bvCPUs?\b/, 'vcpu'],
  [/\bwebhooks?\b/i, 'webhook'],
];

/** Lessons and questions as written, labs with what their checks say, and what receipts, figures and axes say. */
const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => /content\/[a-z-]+\/|components\/figures\/|\/receipt\//.test(file))
  .filter((file) => /\.(?:mdx|yaml|astro|ts)$/.test(file) && !/\.test\.ts$/.test(file));

it.each(WORDS)('%s is explained before it is used', (word, id) => {
  const uses = files.filter((file) => word.test(text(file)));
  expect(ids.includes(id) ? [] : uses).toEqual([]);
});

it('reads the lessons, their questions, the figures and the receipts', () => {
  for (const folder of ['lessons/', 'quizzes/', 'figures/', 'receipt/']) {
    expect(files.filter((file) => file.includes(folder)).length).toBeGreaterThan(2);
  }
});

/** Part 1 in order: what a reader reads of each lesson, without code, addresses and tags. */
const [part] = coursePartSchema.array().parse(parse(text('src/content/course.yaml')));
const written = readdirSync(new URL('src/content/lessons/', root));
const lessons = (part?.lessons ?? []).map((slug) => {
  const file = written.find((name) => slugOf(name) === slug) ?? '';
  const body = text(`src/content/lessons/${file}`);
  return body
    .replace(/^---.*?^---|^import .*?$|```.*?```|`[^`]*`|\]\([^)]*\)/gms, '')
    .replace(/<(?!Term)[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>/g, '');
});

/** A paragraph may name a word and explain it in its next sentences. */
const NEAR = 400;

it.each(WORDS)('in Part 1 %s is linked to its meaning where it is first used', (word, id) => {
  const link = new RegExp(`<Term id="${id}"`);
  const first = lessons.findIndex((body) => word.test(withoutLinks(body)));
  if (first === -1) return;
  const body = lessons[first] ?? '';
  const before = lessons.slice(0, first).some((earlier) => link.test(earlier));
  const used = body.search(word);
  expect(before || link.test(body.slice(0, used + NEAR)), body.slice(used, used + 80)).toBe(true);
});

/** Another term’s link may hold the word: “provisioned concurrency” is a meaning of its own. */
function withoutLinks(body: string): string {
  return body.replace(/<Term [^>]*>[^<]*<\/Term>/g, '');
}
