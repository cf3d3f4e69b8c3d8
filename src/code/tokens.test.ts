import { expect, test } from 'vitest';
import { codeTokens } from './tokens.ts';

type Line = Parameters<NonNullable<typeof codeTokens.line>>[0];

const text = (value: string): Line['children'][number] => ({ type: 'text', value });
const span = (colour: string, value: string): Line['children'][number] => ({
  type: 'element',
  tagName: 'span',
  properties: { style: `color:var(--astro-code-${colour})` },
  children: [text(value)],
});

function tokens(...children: Line['children']): Line['children'] {
  const line: Line = { type: 'element', tagName: 'span', properties: {}, children };
  void codeTokens.line?.call({} as never, line, 1);
  return line.children;
}

test('no line is given up, however busy the machine is', () => {
  const options = { lang: 'ts', themes: {} };
  void codeTokens.preprocess?.call({} as never, 'let count = 0;', options);
  expect(options).toMatchObject({ tokenizeTimeLimit: 0 });
});

test('a token has its kind as its class', () => {
  expect(tokens(span('token-string-expression', "'x'"))).toMatchObject([
    { tagName: 'span', properties: { class: 'string-expression' }, children: [text("'x'")] },
  ]);
});

test('what has no colour of its own is text', () => {
  expect(tokens(span('foreground', ' count '))).toEqual([text(' count ')]);
});

test('what another theme has coloured stays as it is', () => {
  const other: Line['children'][number] = {
    type: 'element',
    tagName: 'span',
    properties: { style: 'color:#fff' },
    children: [text('x')],
  };
  expect(tokens(other)).toEqual([other]);
});
