// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { CANARY_FRAME } from './frame.ts';
import { CANARY_DIALS } from './setup.ts';
import './element.ts';

beforeEach(() => everythingIsInView());

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
  vi.unstubAllGlobals();
});

function set(name: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(name);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

test('the reader moves the weight and shares by call, and a mistake is said', async () => {
  const fields = Object.entries(CANARY_DIALS).map(
    ([name, { least, most, default: value }]) =>
      `<label><span>${name}</span><input name="${name}" value="${value}" data-least="${least}" data-most="${most}"></label>`,
  );
  document.body.innerHTML = `<canary-share id="canary"><form data-part="form" novalidate><a data-part="link">Link</a>
    ${fields.join('')}<select name="by"><option>caller</option><option>call</option></select>
    <p data-part="mistake"></p><p data-part="status"></p>
    ${Object.keys(CANARY_FRAME)
      .map((name) => `<div data-part="${name}"></div>`)
      .join('')}</form></canary-share>`;
  await vi.dynamicImportSettled();
  set('weight', '50');
  expect(part('status', HTMLElement).textContent).toContain('By caller, 50 %');
  expect(part('status', HTMLElement).textContent).toContain('0 of 24 callers met both');
  set('by', 'call');
  expect(part('status', HTMLElement).textContent).toMatch(/2\d of 24 callers met both/);
  expect(location.hash).toContain('by=call');
  const before = part('counts', HTMLElement).innerHTML;
  set('weight', '101');
  expect(part('mistake', HTMLElement).textContent).toContain('weight');
  expect(part('counts', HTMLElement).innerHTML).toBe(before);
});
