import { expect, it } from 'vitest';
import { asks, labsIn, readingMinutes, sittingsOf } from './reading-time.ts';

const words = (count: number): string => 'word '.repeat(count);

it('is one minute for 150 words, and never none', () => {
  expect(readingMinutes(words(150), [])).toBe(1);
  expect(readingMinutes(words(1500), [])).toBe(10);
  expect(readingMinutes('', [])).toBe(1);
});

it('counts captions and questions, and the options to choose from', () => {
  const demo = `<Demo id="one"\n  predict="${words(60)}" options={['${words(60)}']} caption="${words(60)}" />`;
  const option = { text: words(60) };
  expect(readingMinutes(demo, [{ question: words(60), options: [option] }])).toBe(2);
});

it('leaves out imports, code, addresses, tags, and what is optional', () => {
  const body = `import Demo from '#figures/live-demo/Demo.astro';

[a link](https://example.org/${'a/'.repeat(300)}) <Fact id="T01-01" />

\`\`\`
${words(300)}
\`\`\`

<Demo body='{ "a": "${words(300)}" }' />

<Aside kind="try">
${words(300)}
</Aside>
`;
  expect(readingMinutes(body, [])).toBe(1);
});

it('what follows a stop sign is a sitting of its own, with the questions that it asks', () => {
  const body = `One two.\n\n<Quiz id="first" />\n\n<StopSign minutes={9} />\n\n## More\n\n<Quiz id="later" />\n`;
  const { core, second } = sittingsOf(body);
  expect(core + second).toBe(body);
  expect([asks(core, 'first'), asks(core, 'later'), asks(second, 'later')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(asks(second, 'late')).toBe(false);
  expect(sittingsOf('One.')).toEqual({ core: 'One.', second: '' });
});

it('the labs of a sitting are known by their names', () => {
  expect(labsIn('<Lab id="shout" />\n<Lab id="pay-per-execution/bill" />')).toEqual([
    'shout',
    'bill',
  ]);
  expect(labsIn('<Label id="none" />')).toEqual([]);
});
