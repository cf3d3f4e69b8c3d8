// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { flowThrough } from './flow.ts';
import { FLOW_FRAME } from './frame.ts';
import { FLOW_DIALS, flowOf } from './setup.ts';
import './element.ts';

/** What the figure does from time to time, while it runs. */
let beat: (() => void) | null = null;

beforeEach(() => {
  vi.spyOn(window, 'setInterval').mockImplementation((handler) => {
    beat = handler as () => void;
    return 1 as unknown as ReturnType<typeof setInterval>;
  });
  vi.spyOn(window, 'clearInterval').mockImplementation(() => void (beat = null));
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  everythingIsInView();
});

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function open(): Promise<void> {
  const flow = flowThrough(flowOf(new URLSearchParams()));
  const fields = Object.entries(FLOW_DIALS).map(
    ([name, { least, most, default: value }]) =>
      `<label><span>${name}</span><input name="${name}" value="${value}" data-least="${least}" data-most="${most}"></label>`,
  );
  document.body.innerHTML = `<bucket-flow id="bucket"><form data-part="form" novalidate><a data-part="link">Link</a>
    ${fields.join('')}<b data-part="time-said"></b>
    <input type="range" min="0" max="200" value="200" data-part="time"><button type="button" data-part="run">Let them come</button>
    <p data-part="mistake"></p><p data-part="status"></p>
    ${Object.entries(FLOW_FRAME)
      .map(([name, draw]) => `<div data-part="${name}">${String(draw(flow))}</div>`)
      .join('')}</form></bucket-flow>`;
  await vi.dynamicImportSettled();
}

const text = (name: string): string =>
  part(name, HTMLElement).textContent.replaceAll(/\s+/g, ' ').trim();

function set(name: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (field === null) throw new Error(name);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

test('it shows the whole second at first: fourteen let in, sixteen refused', async () => {
  await open();
  expect(text('counts')).toContain('Refused, 42916');
  expect(text('counts')).toContain('The function has served14');
});

test('the calls come one after another, and the end is said', async () => {
  await open();
  part('run', HTMLButtonElement).click();
  expect(text('run')).toBe('Stop');
  expect(text('counts')).toContain('Calls so far1');
  for (let picture = 0; picture < 20; picture += 1) beat?.();
  expect(text('counts')).toMatch(/Calls so far1[0-9]/);
  for (let picture = 20; picture < 80; picture += 1) beat?.();
  expect(beat).toBeNull();
  expect(text('run')).toBe('Let them come');
  expect(text('status')).toContain('30 calls, 14 let in, 16 refused');
});

test('the time can be moved by hand, and a second press stops it', async () => {
  await open();
  part('run', HTMLButtonElement).click();
  part('run', HTMLButtonElement).click();
  expect(beat).toBeNull();
  const time = part('time', HTMLInputElement);
  time.value = '100';
  time.dispatchEvent(new Event('input', { bubbles: true }));
  expect(text('time-said')).toBe('733.5 ms');
  expect(time.getAttribute('aria-valuetext')).toBe('733.5 ms');
});

test('a change of the numbers shows the whole run, and nonsense is refused', async () => {
  await open();
  part('time', HTMLInputElement).value = '10';
  set('burst', '20');
  expect(text('counts')).toContain('The function has served24');
  set('burst', 'lots');
  expect(text('mistake')).toMatch(/^burst: expected/);
  expect(text('counts')).toContain('The function has served24');
});
