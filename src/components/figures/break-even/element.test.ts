// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView } from '../../fixtures/figure.ts';
import { compareCosts } from './comparison.ts';
import { BREAK_EVEN_FRAME } from './frame.ts';
import { FIRST_BREAK_EVEN } from './setup.ts';
import './element.ts';

let frames: FrameRequestCallback[] = [];

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  everythingIsInView();
});

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
  vi.unstubAllGlobals();
});

const number = (name: string, value: number, least = 0): string =>
  `<label><span>${name}</span><input name="${name}" value="${String(value)}" data-least="${String(least)}" data-most="1000000000" data-part="${name}"></label>`;

async function open(): Promise<void> {
  const comparison = compareCosts(FIRST_BREAK_EVEN);
  const drawn = Object.entries(BREAK_EVEN_FRAME).map(([part, draw]) => {
    const place = `<div data-part="${part}">${String(draw(comparison))}</div>`;
    return part === 'prices' ? `<details>${place}</details>` : place;
  });
  document.body.innerHTML = `<break-even id="break-even"><form data-part="form" novalidate>
    <a data-part="link">Link</a>
    <select name="fn"><option selected>lambda-x86</option><option>lambda-arm-provisioned</option></select>
    ${number('ms', 100, 1)}${number('mb', 512, 64)}${number('cpu', 50)}
    <label data-part="ready" hidden>${number('ready', 1)}</label>
    <input type="checkbox" name="free"><input type="checkbox" name="gateway">
    <select name="machine"><option selected>ec2-t4g-small</option><option>own-machine</option></select>
    <label data-part="own" hidden>${number('own', 10)}</label>${number('machines', 1, 1)}
    <input type="range" min="3" max="9" step="0.05" value="6" data-part="slider">${number('calls', 1e6, 1)}
    <p role="status" data-part="mistake"></p><p role="status" data-part="status"></p>${drawn.join('')}
  </form></break-even>`;
  await vi.dynamicImportSettled();
}

function part<T extends Element = HTMLElement>(name: string): T {
  return document.querySelector<T>(`[data-part="${name}"]`) as T;
}
const field = <T extends HTMLInputElement | HTMLSelectElement>(name: string): T =>
  document.querySelector<T>(`[name="${name}"]`) as T;
const verdict = (): string => part('verdict').textContent.replaceAll(/\s+/g, ' ');

function set(name: string, value: string): void {
  const changed = field(name);
  changed.value = value;
  tell(changed);
}
function tell(changed: Element): void {
  changed.dispatchEvent(new Event('input', { bubbles: true }));
  changed.dispatchEvent(new Event('change', { bubbles: true }));
  for (const frame of frames.splice(0)) frame(0);
}

test('it begins as the server drew it', async () => {
  await open();
  expect(verdict()).toContain('11.87 million calls a month');
  expect(part<HTMLAnchorElement>('link').hash).toContain('#break-even?fn=lambda-x86&ms=100');
});

test('what the reader sets is drawn, linked to, and in the address', async () => {
  await open();
  set('ms', '200');
  set('mb', '1024');
  expect(verdict()).toContain('3.47 million calls a month');
  expect(part('chart').innerHTML).toContain('3.47');
  expect(location.hash).toContain('ms=200&mb=1024');
  expect(part<HTMLAnchorElement>('link').hash).toBe(location.hash);
  expect(part('status').textContent).toContain('Their lines cross at 3.47');
});

test('what was moved before the code had come is not lost', async () => {
  const opening = open();
  part<HTMLInputElement>('slider').value = '8';
  await opening;
  expect(field('calls').value).toBe('100000000');
  expect(verdict()).toContain('At 100 million calls a month');
});

test('slider and number say the same', async () => {
  await open();
  const slider = part<HTMLInputElement>('slider');
  slider.value = '7';
  tell(slider);
  expect(field('calls').value).toBe('10000000');
  expect(slider.getAttribute('aria-valuetext')).toBe('10 million calls a month');
  set('calls', '100000');
  expect(slider.value).toBe('5');
});

test('a number that is none waits, and says what is wrong', async () => {
  await open();
  const before = verdict();
  set('ms', '0');
  expect(verdict()).toBe(before);
  expect(part('mistake').textContent).toBe(
    'ms: expected a number from 1 to 1,000,000,000, and “0” came.',
  );
  expect(part('status').textContent).toBe('');
  for (const typed of ['', '-5', '5k', '1,5 Mio', '1,234']) {
    set('ms', typed);
    expect(part('mistake').textContent, typed).toMatch(/^ms: /);
    expect(verdict()).toBe(before);
  }
  set('ms', '50,5');
  expect(part('mistake').textContent).toBe('');
  expect(verdict()).not.toBe(before);
  expect(location.hash).toContain('ms=50.5');
});

test('a field that belongs to one choice comes with it', async () => {
  await open();
  expect(part('own').hidden).toBe(true);
  set('machine', 'own-machine');
  set('own', '20');
  expect(part('own').hidden).toBe(false);
  expect(verdict()).toContain('your own machine $20.00');
  set('fn', 'lambda-arm-provisioned');
  expect(part('ready').hidden).toBe(false);
});

test('what is folded away is drawn when it is opened', async () => {
  await open();
  set('machine', 'own-machine');
  expect(part('prices').textContent).not.toContain('your own price');
  const details = document.querySelector('details') as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  expect(part('prices').textContent).toContain('your own price');
});

test('a page opened by a link begins as it was shared', async () => {
  history.replaceState(null, '', '#break-even?ms=200&mb=1024&calls=5000000&free=0');
  await open();
  expect(verdict()).toContain('3.47 million calls a month');
  expect(Number(part<HTMLInputElement>('slider').value)).toBeCloseTo(6.7, 2);
});
