import { readdirSync, readFileSync } from 'node:fs';
import { expect, describe, it } from 'vitest';
import { parse } from 'yaml';
import { quizzesSchema } from './schemas.ts';

const here = (file: string): URL => new URL(file, import.meta.url);
const read = (file: string): string => readFileSync(here(file), 'utf8');

/** Lessons whose form is held here, by the name of their file. */
const LESSONS = [
  '01-what-is-serverless',
  '02-event-in-response-out',
  '03-life-of-an-instance',
  '04-scale-to-zero',
  '05-pay-per-execution',
  'composing-services',
  'the-case-for',
  'the-case-against-latency',
  'the-case-against-cost',
];

describe.each(LESSONS)('%s', (name) => {
  const text = read(`lessons/${name}.mdx`);
  const body = text.replace(/^---.*?^---/ms, '').replace(/^import .*$/gm, '');
  const questions = quizzesSchema.parse(parse(read(`quizzes/${name.replace(/^\d+-/, '')}.yaml`)));

  it('begins with a question, from an earlier lesson unless it is the first', () => {
    const [, tag, id] = /^\s*<(Quiz|Predict)\s+id="([^"]+)"/.exec(body) ?? [];
    if (name.startsWith('01')) expect(tag).toBe('Predict');
    else expect(questions.find((question) => question.id === id)?.from).toBeDefined();
  });

  it('ends with three lines to take along, before a second sitting', () => {
    const core = body.split('<StopSign')[0] ?? '';
    const lines = /<Aside kind="take">(.*?)<\/Aside>\s*$/s.exec(core)?.[1] ?? '';
    expect(lines.match(/^- /gm)).toHaveLength(3);
  });

  it('asks at least three questions in its text, and has more to review', () => {
    const inText = questions.filter(({ review }) => review !== true);
    expect(inText.length).toBeGreaterThanOrEqual(3);
    expect(questions.length).toBeGreaterThan(inText.length);
  });

  it('has a demo or a prediction, and facts', () => {
    expect(body).toMatch(/<(?:Demo|BurstLab|Predict)\b/);
    expect(new Set(body.match(/<Fact id="[^"]+"/g)).size).toBeGreaterThanOrEqual(3);
  });

  it('says “must not” or “might not”, and never what could be either', () => {
    expect(body).not.toMatch(/\bmay not\b/i);
  });
});

it('no number of a lesson is typed: another order of lessons has other numbers', () => {
  const files = [
    ...LESSONS.map((name) => `lessons/${name}.mdx`),
    ...readdirSync(here('quizzes')).map((file) => `quizzes/${file}`),
    'glossary.yaml',
    'resources.yaml',
  ];
  const typed = files.filter((file) => /\b(?:lesson|part)s? \d/i.test(read(file)));
  expect(typed).toEqual([]);
});
