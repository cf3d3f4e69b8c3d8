import { describe, expect, it } from 'vitest';
import { LESSON, broken, found, lesson, only, useSampleCourse } from '../fixtures/sample-course.ts';

useSampleCourse();

describe('what a tag names must exist', () => {
  it.each([
    [
      '<Fact id="T01-01" />',
      '<Fact id="T01-91" />',
      ' ‹T01-9› No fact has the id "T01-91". Did you mean "T01-01"?',
    ],
    ['<Fact id="T01-01" />', '<Fact id="T01-02" />', ' ‹T01-0› The fact "T01-02" is unverified'],
    [
      '<Fact id="T01-01" />',
      '<Fact id="T01-03" />',
      ' ‹T01-0› The fact "T01-03" has no value to print. Add show="statement"',
    ],
    [
      'id="cold-start"',
      'id="cold-strat"',
      ' ‹cold-› No term has the id "cold-strat". Did you mean "cold-start"?',
    ],
    [
      '<Quiz id="why" />',
      '<Quiz id="wy" />',
      ' ‹wy" /› No question of this lesson has the id "wy". Did you mean "why"?',
    ],
    [
      'fn="/api/hello" python',
      'fn="/api/helo" python',
      ' ‹/api/› There is no function "/api/helo". Did you mean "/api/hello"?',
    ],
    [
      'python="/api/py/hello"',
      'python="/api/hello"',
      ' ‹/api/› "/api/hello" is written in TypeScript (api/hello.ts), not in Python. Write one of "/api/py/hello"',
    ],
    [
      'path="/api/items/42"',
      'path="/api/item/42"',
      ' ‹/api/› /api/items/[id] does not answer "/api/item/42". Write a path such as "/api/items/42"',
    ],
    [
      'region="handler"',
      'region="handlr"',
      ' ‹handl› api/hello.ts has no region "handlr". Did you mean "handler"?',
    ],
    [
      '<Source fn="/api/hello" region="handler" />',
      '<Source fn="/api/py/hello" region="x" />',
      ' ‹x" />› api/py/hello.py has no region "x". Mark it in api/py/hello.py: # region x … # endregion',
    ],
    [
      '<Lanes demo="first" />',
      '<Lanes demo="frist" />',
      ' ‹frist› No <Demo> of this lesson has the id "frist". Did you mean "first"?',
    ],
    ['<Lanes demo="first" />', '<Lanes />', ' ‹<Lane› <Lanes> has nothing to draw. Add demo="…"'],
    [
      'id="item"',
      'id="first"',
      ' ‹first› The id "first" is taken by the <Demo> in line 23. Give this <Demo> an id of its own.',
    ],
  ])('%s → %s', (from, to, message) => {
    broken(from, to);
    const mistakes = found().filter((line) => !line.includes('is never asked'));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(`${LESSON}${message}`);
  });

  it('a question of another lesson is not asked here', () => {
    lesson('02-two.mdx', {}, 'import Quiz from \'#figures/Quiz.astro\';\n\n<Quiz id="why" />\n');
    expect(only()).toMatch(
      /02-two\.mdx ‹why" › The question "why" belongs to the lesson "one"\. Move it from/,
    );
  });
});
