// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { simulateCourse } from '#faas/simulation/scenario.ts';
import type { SimulationJob } from '#src/simulation/job.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import './element.ts';

const asked: SimulationJob[][] = [];
vi.mock('#src/simulation/beside.ts', () => ({
  simulateBeside: (jobs: readonly SimulationJob[]) => {
    asked.push([...jobs]);
    return Promise.resolve(jobs.map(({ scenario, bins }) => simulateCourse(scenario, bins)));
  },
}));

everythingIsInView();

const PLATFORMS = ['lambda', 'lambda-ready', 'cloud-run', 'knative', 'one-server'];
const ON = ['lambda', 'cloud-run', 'knative'];

async function render(): Promise<void> {
  document.body.innerHTML = `<day-of-traffic id="day"><a data-part="link"></a><form data-part="form">
    <select name="traffic"><option value="quiet" selected></option><option value="recorded"></option></select>
    <label><span>A call works for, ms</span><input name="ms" value="80" data-least="1" data-most="60000"></label>
    <label data-part="recorded" hidden><textarea name="counts"></textarea></label>
    ${PLATFORMS.map((id) => `<input type="checkbox" name="on" value="${id}" data-part="platform" ${ON.includes(id) ? 'checked' : ''}>`).join('')}
    <div data-part="progress" hidden><progress data-part="bar"></progress><button type="button" data-part="cancel"></button></div>
    <p role="status" data-part="status"></p></form>
    ${['charts', 'at', 'totals', 'twin', 'bills', 'reckoning', 'provenance'].map((name) => `<div data-part="${name}">first</div>`).join('')}
    <input type="range" min="0" max="95" value="48" data-part="moment">
    <button type="button" data-part="whole" hidden></button></day-of-traffic>`;
  await vi.waitFor(() => expect(part('link', HTMLAnchorElement).href).toContain('#day?'));
}

const box = (id: string): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(`[value="${id}"]`);
  if (!found) throw new Error(id);
  return found;
};
const html = (name: string): string => part(name, HTMLElement).innerHTML;

beforeEach(() => {
  asked.length = 0;
});
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
});

test('nothing is simulated until the reader changes something', async () => {
  await render();
  expect(asked).toHaveLength(0);
  expect(html('charts')).toBe('first');
});

test('a change is simulated and drawn, and is in the address', async () => {
  await render();
  box('knative').click();
  await vi.waitFor(() => expect(html('charts')).toContain('<svg'));
  expect(asked.at(-1)?.map(({ scenario }) => scenario.policy.name)).toEqual([
    'keep-alive',
    'concurrent',
  ]);
  expect(location.hash).toContain('on=lambda&on=cloud-run');
  expect(html('totals')).toContain('One call each');
  expect(html('at')).toContain('12:00 to 12:15');
});

test('the reader can look at any time of the day; the first look simulates what stands there', async () => {
  await render();
  const slider = part('moment', HTMLInputElement);
  slider.value = '4';
  slider.dispatchEvent(new Event('input'));
  await vi.waitFor(() => expect(html('at')).toContain('1:00 to 1:15'));
  expect(asked).toHaveLength(1);
  slider.value = '95';
  slider.dispatchEvent(new Event('input'));
  expect(html('at')).toContain('23:45 to 24:00');
  expect(asked).toHaveLength(1);
});

test('four ways at most: the others wait until one is taken away', async () => {
  await render();
  box('lambda-ready').click();
  expect(box('one-server').disabled).toBe(true);
  box('lambda').click();
  expect(box('one-server').disabled).toBe(false);
});

test('counts are asked for when they are needed, and a mistake in them is said', async () => {
  await render();
  const traffic = document.querySelector('select');
  if (traffic) traffic.value = 'recorded';
  traffic?.dispatchEvent(new Event('input', { bubbles: true }));
  expect(part('recorded', HTMLElement).hidden).toBe(false);
  await vi.waitFor(() => expect(part('status', HTMLElement).dataset['state']).toBe('fault'));
  expect(html('status')).toContain('Paste the calls of each minute first');
  expect(html('charts')).toBe('first');
});

test('a number that cannot be read is refused with what was expected, and the day stays', async () => {
  await render();
  const ms = document.querySelector<HTMLInputElement>('[name="ms"]');
  for (const [typed, came] of [
    ['5k', '“5k” came'],
    ['', 'nothing stands there'],
    ['0', '“0” came'],
  ]) {
    if (ms) ms.value = typed ?? '';
    ms?.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.waitFor(() => expect(html('status')).toContain(came));
    expect(html('status')).toContain('A call works for, ms: expected a number from 1 to 60,000');
  }
  expect(asked).toHaveLength(0);
  if (ms) ms.value = '1.234,5';
  ms?.dispatchEvent(new Event('input', { bubbles: true }));
  await vi.waitFor(() =>
    expect(asked.at(-1)?.[0]?.scenario.timings.handler).toMatchObject({ medianMs: 1234.5 }),
  );
  expect(html('status')).toBe('');
});

test('the slider says the time of day, and not a number of its own', async () => {
  await render();
  const slider = part('moment', HTMLInputElement);
  slider.value = '4';
  slider.dispatchEvent(new Event('input'));
  await vi.waitFor(() => expect(slider.getAttribute('aria-valuetext')).toBe('1:00 to 1:15'));
});

test('a link opens the day it was made for', async () => {
  location.hash = '#day?traffic=recorded&counts=3,0,1&on=one-server';
  await render();
  await vi.waitFor(() => expect(html('charts')).toContain('One server'));
  expect(part('moment', HTMLInputElement).max).toBe('2');
  expect(html('provenance')).toContain('4 calls in 1 way,');
});
