// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { TICK_FRAME } from './frame.ts';
import { runTicks } from './run.ts';
import { TICK_DIALS, TRAFFIC, tickSetupOf } from './setup.ts';
import './element.ts';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  everythingIsInView();
});

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
  vi.unstubAllGlobals();
});

async function open(): Promise<void> {
  const run = runTicks(tickSetupOf(new URLSearchParams()));
  const fields = Object.entries(TICK_DIALS).map(
    ([name, { least, most, default: value }]) =>
      `<label><span>${name}</span><input name="${name}" value="${value}" data-least="${least}" data-most="${most}"></label>`,
  );
  const traffic = TRAFFIC.map((name) => `<option value="${name}">${name}</option>`).join('');
  document.body.innerHTML = `<kpa-ticks id="autoscaler"><form data-part="form" novalidate><a data-part="link">Link</a>
    <select name="traffic">${traffic}</select><div data-part="own">${fields.join('')}
    <input type="checkbox" name="activator" checked></div><b data-part="tick-said"></b>
    <input type="range" min="0" max="${run.ticks.length - 1}" value="4" data-part="tick">
    <button type="button" data-part="play">Tick</button><button type="button" data-part="back">Back</button>
    <button type="button" data-part="on">On</button><p data-part="mistake"></p><p data-part="status"></p>
    ${Object.entries(TICK_FRAME)
      .map(([name, draw]) => `<div data-part="${name}">${String(draw({ run, at: 4 }))}</div>`)
      .join('')}</form></kpa-ticks>`;
  await vi.dynamicImportSettled();
}

const text = (name: string): string =>
  part(name, HTMLElement).textContent.replaceAll(/\s+/g, ' ').trim();

function set(name: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(name);
  if (field.type === 'checkbox') field.checked = value === '1';
  else field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

test('it opens at the tick that a call at zero brings, and goes on and back', async () => {
  await open();
  expect(text('sums')).toContain('Tick at 7 s, at once for a call');
  expect(text('sums')).toContain('Pods that countnone is ready, so one counts1');
  part('on', HTMLButtonElement).click();
  expect(text('sums')).toContain('Tick at 8 s');
  expect(text('status')).toContain('After 8 s');
  part('back', HTMLButtonElement).click();
  expect(text('tick-said')).toMatch(/^5 of /);
});

test('without the activator the call gets an error', async () => {
  await open();
  set('activator', '0');
  expect(text('outcome')).toContain('nobody to hold it: an error');
  expect(text('sums')).toContain('Activatortaken awaynot in the path');
});

test('on Knative’s inputs the reader’s own dials go, and every tick agrees', async () => {
  await open();
  set('traffic', 'random-100');
  expect(part('own', HTMLElement).hidden).toBe(true);
  expect(text('outcome')).toContain('In 60 of 60 ticks');
  expect(part('tick', HTMLInputElement).max).toBe('59');
  expect(location.hash).toContain('traffic=random-100');
});

test('a number that cannot be is said, and the picture stays', async () => {
  await open();
  const before = text('sums');
  set('target', '0');
  expect(text('mistake')).toContain('target');
  expect(text('sums')).toBe(before);
});
