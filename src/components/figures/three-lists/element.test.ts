// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { LISTS_FRAME } from './frame.ts';
import { listsOutcome } from './lists-outcome.ts';
import { FIRST_LISTS } from './setup.ts';
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

const number = (name: string, value: number, least = 0, most = 1e10): string =>
  `<label><span>${name}</span><input name="${name}" value="${value}" data-least="${least}" data-most="${most}" data-part="${name}"></label>`;
const box = (name: string): string => `<input type="checkbox" name="${name}">`;

async function open(): Promise<void> {
  const outcome = listsOutcome(FIRST_LISTS);
  const drawn = Object.entries(LISTS_FRAME).map(([name, draw]) => {
    const place = `<div data-part="${name}">${String(draw(outcome))}</div>`;
    return name === 'prices' ? `<details>${place}</details>` : place;
  });
  document.body.innerHTML = `<three-lists id="lists"><form data-part="form" novalidate><a data-part="link">Link</a>
    ${number('calls', 1e7)}<input type="range" min="3" max="10" step="0.05" value="7" data-part="slider">
    <b data-part="peak-said"></b><input type="range" name="peak" min="1" max="24" step="0.5" value="3" data-part="peak">
    <b data-part="cpu-said"></b><input type="range" name="cpu" min="0" max="100" step="5" value="50" data-part="cpu">
    ${number('ms', 100, 1)}${number('mb', 512, 128)}${number('full', 70, 1, 100)}${number('atOnce', 80, 1)}${number('callMb', 25, 1)}
    <select name="door"><option selected>none</option><option>http</option><option>rest</option></select>
    ${number('log', 0)}${number('answer', 0)}${number('disk', 0)}${['nat', 'address', 'balancer', 'second', 'free'].map(box).join('')}
    <textarea name="hours"></textarea>
    <p data-part="mistake"></p><p data-part="own"></p><p data-part="status"></p>${drawn.join('')}</form></three-lists>`;
  await vi.dynamicImportSettled();
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const field = (name: string): Field => document.querySelector<Field>(`[name="${name}"]`) as Field;
const text = (name: string): string =>
  part(name, HTMLElement).textContent.replaceAll(/\s+/g, ' ').trim();

function set(name: string, value: string): void {
  field(name).value = value;
  tell(field(name));
}
function tell(changed: Element): void {
  changed.dispatchEvent(new Event('input', { bubbles: true }));
  changed.dispatchEvent(new Event('change', { bubbles: true }));
  for (const frame of frames.splice(0)) frame(0);
}

test('it begins as the server drew it', async () => {
  await open();
  expect(text('totals')).toContain(
    '10 million calls, 3.8 a second, and 11.4 a second in the busiest hour',
  );
  expect(text('totals')).toContain('$10.33');
});

test('one call a minute, all month and all alike: the function costs five cents (X14-20)', async () => {
  await open();
  set('calls', '43800');
  set('peak', '1');
  expect(text('totals')).toContain('nothing between two calls$0.05 least');
  expect(text('totals')).toContain('1 machine all the time$12.26');
  expect(location.hash).toContain('calls=43800&peak=1');
});

test('a month of a thousand calls a second costs 2,716, computing or waiting; the servers differ (X14-22)', async () => {
  await open();
  set('calls', String(730 * 3.6e6));
  set('peak', '1');
  set('full', '100');
  set('cpu', '100');
  expect(text('totals')).toContain('$2,715.60');
  expect(text('totals')).toContain('29 containers all the time$1,045.16');
  set('cpu', '0');
  expect(text('totals')).toContain('$2,715.60');
  expect(text('totals')).toContain('2 containers all the time$72.08');
  expect(part('cpu', HTMLInputElement).getAttribute('aria-valuetext')).toBe('0 %');
});

test('the sentence below says why: premium times use is the one month over the other', async () => {
  await open();
  expect(text('reason')).toMatch(/A call costs [\d.]+ times as much in the function/);
  set('calls', '200000000');
  set('peak', '1');
  expect(text('reason')).toMatch(/used beyond what (its|their) price has in it: \$[\d.]+ of/);
  set('calls', '0');
  expect(text('reason')).toContain('Nobody calls.');
});

test('what stands around the code is in the sum', async () => {
  await open();
  set('door', 'rest');
  set('log', '1');
  (field('balancer') as HTMLInputElement).click();
  expect(text('totals')).not.toContain('$10.33');
  const details = document.querySelector('details') as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  expect(text('prices')).toContain('Gateway requests');
  expect(text('prices')).toContain('Load balancer');
  expect(text('prices')).toMatch(/Logs 10 GB × 0.5 USD/);
});

test('a number that is none waits, and says what was expected and what came', async () => {
  await open();
  const before = text('totals');
  set('ms', '5k');
  expect(text('mistake')).toBe('ms: expected a number from 1 to 10,000,000,000, and “5k” came.');
  expect(text('totals')).toBe(before);
  set('ms', '200');
  expect(text('mistake')).toBe('');
  expect(text('totals')).not.toBe(before);
});

test('the reader’s own hours are drawn; nonsense among them is refused, and nothing is lost', async () => {
  await open();
  set('hours', '100, 200, 5400');
  expect(text('totals')).toContain('Your 3 hours, as a month of 730');
  expect(text('own')).toContain('peak to mean 2.8');
  const before = text('totals');
  set('hours', '100, 200, lots');
  expect(text('mistake')).toContain('Hour 3 says “lots”. Expected a whole number');
  expect(text('totals')).toBe(before);
  expect(field('hours').value).toBe('100, 200, lots');
  set('hours', '');
  expect(text('totals')).toContain('10 million calls');
  expect(text('own')).toBe('');
});

test('a year of hours is drawn, and a shared link opens the same state', async () => {
  history.replaceState(null, '', '#lists?hours=1,2,3&ms=200&door=http');
  await open();
  expect(text('totals')).toContain('Your 3 hours');
  expect(field('ms').value).toBe('200');
  set('hours', '36000 '.repeat(8760));
  expect(text('totals')).toContain('Your 8,760 hours');
  expect(text('table')).toContain('hour 1,095');
});

test('what was moved before the code had come is not lost', async () => {
  const opening = open();
  part('slider', HTMLInputElement).value = '9';
  await opening;
  expect(field('calls').value).toBe('1000000000');
  expect(text('totals')).toContain('1 billion calls');
});
