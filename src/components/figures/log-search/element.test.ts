// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { drawLog } from './draw.ts';
import './element.ts';
import { RECORDED_LINES } from './recorded.ts';
import { callsOf } from './setup.ts';
import { unsavedTable } from './table.ts';

everythingIsInView();

const seen = (): (string | null)[] =>
  [...document.querySelectorAll('li:not([hidden]) i')].map((text) => text.textContent);
const type = (text: string): void => {
  const field = part('wanted', HTMLInputElement);
  field.value = text;
  field.dispatchEvent(new Event('input'));
};
const withIds = (): void => part('ids', HTMLInputElement).click();
const found = (): string => part('found', HTMLElement).textContent;

beforeEach(async () => {
  document.body.innerHTML = `<log-search>
    <input data-part="wanted"><input type="checkbox" data-part="ids">
    <select data-part="call"><option value="">all of them</option></select><output data-part="found"></output>
    <ol data-part="log">${String(drawLog(RECORDED_LINES))}</ol></log-search>`;
  await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
});

test('one entry was found all right and never saved, and only ids tell whose', () => {
  const texts = RECORDED_LINES.map(({ text }) => text);
  expect(texts).toHaveLength(200);
  const count = (end: string): number => texts.filter((text) => text.endsWith(end)).length;
  expect(['signs the guestbook', 'is all right', 'no text', 'is saved'].map(count)).toEqual([
    68, 65, 3, 64,
  ]);
  const open = callsOf(RECORDED_LINES).filter(({ texts: own }) => own.at(-1)?.endsWith('right'));
  expect(open.map(({ texts: own }) => own)).toEqual([
    ['Paul signs the guestbook', 'the text is all right'],
  ]);
  expect(String(unsavedTable(RECORDED_LINES)).match(/<tr>/g)).toHaveLength(1 + 4);
});

test('the lesson names no call that was not saved, but in its answers', () => {
  const read = (file: string): string => readFileSync(`src/content/${file}`, 'utf8');
  const calls = callsOf(RECORDED_LINES).filter(({ texts: own }) => !own.at(-1)?.endsWith('saved'));
  const lesson = read('lessons/the-case-for.mdx');
  expect(calls.filter(({ call }) => lesson.includes(call))).toEqual([]);
  const refused = calls.filter(({ texts: own }) => own.at(-1)?.startsWith('refused'));
  const names = refused.map(({ texts: own }) => own[0]?.split(' ')[0]);
  expect(read('quizzes/the-case-for.yaml')).toContain(`accept: [${names.join(', ')}]`);
});

test('between the lines of one call stand those of several others, up to thirteen', () => {
  const others = callsOf(RECORDED_LINES).map(({ call }) => {
    const own = RECORDED_LINES.flatMap((line, at) => (line.call === call ? [at] : []));
    const between = RECORDED_LINES.slice(own[0], own.at(-1)).filter((line) => line.call !== call);
    return new Set(between.map((line) => line.call)).size;
  });
  const sorted = others.sort((a, b) => a - b);
  expect([sorted[sorted.length / 2], sorted.at(-1)]).toEqual([3, 13]);
});

test('without ids a name leads to one line, and an id to none', () => {
  expect(found()).toBe('200 of 200 lines');
  type('paul');
  expect(seen()).toEqual(['Paul signs the guestbook']);
  const [paul] = RECORDED_LINES.filter(({ text }) => text.startsWith('Paul'));
  type(paul?.call ?? '');
  expect(found()).toBe('0 of 200 lines');
});

test('with ids a call is followed from its id in a line, or chosen from the list', () => {
  withIds();
  type('paul');
  document.querySelector<HTMLElement>('li:not([hidden]) b')?.click();
  expect(seen()).toEqual(['Paul signs the guestbook', 'the text is all right']);
  const list = part('call', HTMLSelectElement);
  expect(list.value).toBe(part('wanted', HTMLInputElement).value);
  expect(list.length).toBe(1 + 68);
  list.selectedIndex = 1;
  list.dispatchEvent(new Event('change'));
  expect(found()).toBe('2 of 200 lines');
  list.selectedIndex = 0;
  list.dispatchEvent(new Event('change'));
  expect(found()).toBe('200 of 200 lines');
  list.selectedIndex = 1;
  list.dispatchEvent(new Event('change'));
  withIds();
  expect(found()).toBe('200 of 200 lines');
});
