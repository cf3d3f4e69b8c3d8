import { describe, expect, it } from 'vitest';
import { LESSON, broken, found, useSampleCourse, write } from '../fixtures/sample-course.ts';

useSampleCourse();

describe('text', () => {
  it.each([
    ['(#start)', '(#strat)', ' ‹[abov› There is no "#strat" in this lesson. Did you mean "start"?'],
    [
      '(/glossary/#cold-start)',
      '(/glossary/#cold-end)',
      ' ‹[the › There is no "#cold-end" in "/glossary/".',
    ],
    [
      '(/glossary/#cold-start)',
      '(/glosary/)',
      ' ‹[the › No page has the address "/glosary/". Did you mean "/glossary"?',
    ],
    [
      '(/glossary/#cold-start)',
      '(glossary/)',
      ' ‹[the › "glossary/" is relative, and breaks when the page moves.',
    ],
    [
      '(/glossary/#cold-start)',
      '(htps://x.org)',
      ' ‹[the › "htps://x.org" is not a link that a browser follows.',
    ],
    [
      '## Start',
      '# Start',
      ' ‹# Sta› A heading of the first level: the page has one already, from `title`. Start it with `##`.',
    ],
    [
      '<Quiz',
      '#### Deep\n\n<Quiz',
      ' ‹#### › The heading skips a level: #### after ##. Start it with `###`.',
    ],
    ['<Quiz', '![](./a.png)\n\n<Quiz', ' ‹![](.› The image has no alternative text.'],
    [
      '<Quiz',
      '![A](./a.png)\n\n<Quiz',
      ' ‹![A](› There is no file src/content/lessons/a.png. Correct the path.',
    ],
    ['<Quiz', '<img src="/a.png" />\n\n<Quiz', ' ‹<img › <img> has no `alt`.'],
    [
      '<Quiz',
      '<a href="/nowhere/">x</a>\n\n<Quiz',
      ' ‹/nowh› No page has the address "/nowhere/".',
    ],
    [
      '## Start',
      'A set {a, b}.\n\n## Start',
      ' ‹{a, b› {a, b} is read as code, and nothing here is called `a`. Write `\\{` where you mean the brace itself.',
    ],
    [
      '<Quiz',
      '## Start\n\n<Quiz',
      ' ‹## St› The lesson has a heading "Start" already. Give it words of its own.',
    ],
    [
      '<Quiz',
      '## First\n\n<Quiz',
      ' ‹## Fi› The anchor of this heading, "first", is the id of a <Demo>.',
    ],
    [
      '<Quiz',
      '<a href="/glossary/">x</a>\n\n<Quiz',
      ' ‹/glos› An <a> is left as it is, and leads elsewhere where the site has a base. Write it as [text](/glossary/).',
    ],
  ])('%s → %s', (from, to, message) => {
    broken(from, to);
    expect(found().join('\n')).toContain(`${LESSON}${message}`);
  });

  it('braces may hold code of the lesson, a space or a comment', () => {
    broken('## Start', "One{' '}two {/* a note */} {Math.PI} \\{a}\n\n## Start");
    expect(found()).toEqual([]);
  });

  it('an anchor may be written encoded', () => {
    broken('## Start', '## Größe');
    broken('(#start)', '(#gr%C3%B6%C3%9Fe)');
    expect(found().join('\n')).toContain('There is no "#größe" in this lesson.');
  });

  it('an image is small enough for a phone', () => {
    write('src/content/lessons/a.png', 'x'.repeat(400_000));
    broken('<Quiz', '![A](./a.png)\n\n<Quiz');
    expect(found().join('\n')).toContain(
      'a.png has 0.4 MB, and an image of a lesson at most 0.3 MB.',
    );
  });

  it('a link may carry the state of the figure that it leads to', () => {
    broken('(#start)', '(#start?ms=200&mb=1024)');
    expect(found()).toEqual([]);
  });
});
