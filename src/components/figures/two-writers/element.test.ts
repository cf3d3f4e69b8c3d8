// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { FIRST_ORDER, writerScene } from './setup.ts';
import './element.ts';

everythingIsInView();

const press = (name: string): void => part(name, HTMLButtonElement).click();
const text = (name: string): string =>
  part(name, HTMLElement).textContent.replaceAll(/\s+/g, ' ').trim();

beforeEach(async () => {
  document.body.innerHTML = `<two-writers><form data-part="form">
    <input type="radio" name="form" value="two" checked><input type="radio" name="form" value="one">
    <button type="button" data-part="Ada"></button><button type="button" data-part="Bea"></button>
    <button type="button" data-part="again"></button></form>
    <div data-part="calls"></div><ol data-part="said"></ol><p data-part="verdict"></p></two-writers>`;
  await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
});

test('the page shows first how a post gets lost', () => {
  const { said, posts, verdict } = writerScene('two', FIRST_ORDER);
  expect(said).toEqual([
    'Ada reads 6.',
    'Bea reads 6.',
    'Ada has added one, and writes 7.',
    'Bea has added one, and writes 7.',
  ]);
  expect(posts).toBe(7);
  expect(verdict).toContain('One of them is not counted');
});

test('it begins before the first statement, and each press is one', () => {
  expect(text('said')).toBe('');
  expect(text('calls')).toContain('posts = 6');
  for (const who of ['Ada', 'Ada', 'Bea', 'Bea']) press(who);
  expect(text('calls')).toContain('posts = 8');
  expect(text('verdict')).toContain('Both are counted');
  press('Ada');
  expect(text('calls')).toContain('posts = 8');
  expect(part('Ada', HTMLElement).ariaDisabled).toBe('true');
});

test('with one statement no order loses a post', () => {
  const one = document.querySelector<HTMLInputElement>('[value="one"]');
  one?.click();
  for (const who of ['Bea', 'Ada']) press(who);
  expect(text('said')).toContain('finds 6, adds one, and tells Bea 7');
  expect(text('calls')).toContain('posts = 8');
  press('again');
  expect(text('calls')).toContain('posts = 6');
});
