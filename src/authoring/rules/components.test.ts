import { describe, expect, it } from 'vitest';
import { LESSON, broken, found, lesson, only, useSampleCourse } from '../fixtures/sample-course.ts';

useSampleCourse();

describe('components', () => {
  it.each([
    [
      "import Fact from '#prose/Fact.astro';\n",
      '',
      " ‹<Fact› <Fact> is used, but not imported. Add under the frontmatter: import Fact from '#prose/Fact.astro';",
    ],
    [
      "'#prose/Fact.astro'",
      "'#prose/Fat.astro'",
      ' ‹#pros› There is no file "#prose/Fat.astro". Write \'#prose/Fact.astro\'.',
    ],
    [
      '<Lanes demo="first" />',
      '<Lane demo="first" />',
      " ‹<Lane› <Lane> is used, but not imported. Did you mean the one of '#figures/Lanes.astro'?",
    ],
    ['calls={3}', 'cals={3}', ' ‹cals=› <Demo> takes no `cals`. Did you mean "calls"?'],
    [
      'calls={3}',
      'calls="3"',
      ' ‹calls› `calls` of <Demo> is a number, and "3" is text. Write calls={3}.',
    ],
    [
      '<Fact id="T01-01" />',
      '<Fact id="T01-01" show="text" />',
      ' ‹show=› `show` of <Fact> is one of "value", "statement", not "text".',
    ],
    [
      '<Demo id="item" fn="/api/items/[id]"',
      '<Demo id="item"',
      ' ‹<Demo› <Demo> needs `fn`. Add fn="…".',
    ],
  ])('%s → %s', (from, to, message) => {
    broken(from, to);
    expect(found().join('\n')).toContain(`${LESSON}${message}`);
  });

  it('imported and never used are told', () => {
    lesson('02-two.mdx', {}, "import Quiz from '#figures/Quiz.astro';\n\nText.\n");
    expect(only()).toMatch(/02-two\.mdx ‹impor› Quiz is imported and never used\./);
  });

  it('right under which text vanishes', () => {
    lesson('02-two.mdx', {}, "import Quiz from '#figures/Quiz.astro';\nLost text.\n");
    expect(found()[0]).toMatch(
      /02-two\.mdx ‹Lost › This line stands right under an import, so it is read as code\./,
    );
  });

  it('that are not closed', () => {
    lesson('02-two.mdx', {}, '<Aside>\n\nText.\n\n</Asid>\n');
    expect(only()).toMatch(
      /02-two\.mdx ‹<\/Asi› This is not MDX: Unexpected closing tag `<\/Asid>`/,
    );
  });
});
