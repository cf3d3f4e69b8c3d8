// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import './element.ts';

everythingIsInView();

const current = (): (string | null)[] =>
  [...document.querySelectorAll('[aria-current]')].map((one) => one.textContent);
const said = (): string => part('said', HTMLElement).textContent;
const press = (name: string): void => part(name, HTMLButtonElement).click();
const key = (name: string): boolean =>
  part('next', HTMLElement).dispatchEvent(
    new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
  );

beforeEach(async () => {
  document.body.innerHTML = `<step-through data-steps='["It begins.","It ends."]'>
    <i data-step="1">a</i><i data-step="2">b</i><i data-step="1">c</i>
    <div data-part="controls"><button data-part="back"></button><button data-part="next"></button><span data-part="place"></span></div>
    <p data-part="said"></p></step-through>`;
  await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
});

test('at first the whole picture is seen', () => {
  expect(current()).toEqual([]);
  expect(said()).toBe('');
  expect(part('back', HTMLElement).ariaDisabled).toBe('true');
});

test('each step marks what belongs to it, says what happens, and can be taken back', () => {
  press('next');
  expect(current()).toEqual(['a', 'c']);
  expect(said()).toBe('It begins.');
  expect(part('place', HTMLElement).textContent).toBe('1 of 2');
  press('next');
  press('next');
  expect(current()).toEqual(['b']);
  expect(part('next', HTMLElement).ariaDisabled).toBe('true');
  press('back');
  expect(said()).toBe('It begins.');
});

test('arrow keys step, Home and End go to the ends, and other keys are left alone', () => {
  expect(key('ArrowRight')).toBe(false);
  expect(current()).toEqual(['a', 'c']);
  key('End');
  expect(said()).toBe('It ends.');
  key('ArrowLeft');
  expect(said()).toBe('It begins.');
  key('Home');
  expect(current()).toEqual([]);
  expect(key('Tab')).toBe(true);
});

test('without a list of its own it says what the last cell of each row of the table says', async () => {
  document.body.innerHTML = `<step-through><i data-step="2">b</i>
    <div data-part="controls"><button data-part="back"></button><button data-part="next"></button><span data-part="place"></span></div>
    <p data-part="said"></p><div data-part="table"><table><thead><tr><th>Who</th><th>What</th></tr></thead>
    <tbody><tr><th>a</th><td>It begins.</td></tr><tr><th>b</th><td>It ends.</td></tr></tbody></table></div></step-through>`;
  await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
  press('next');
  expect(said()).toBe('It begins.');
  press('next');
  expect(said()).toBe('It ends.');
  expect(current()).toEqual(['b']);
});
