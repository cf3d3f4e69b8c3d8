// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { WALLET_FRAME } from './frame.ts';
import { WALLET_DIALS, walletOf } from './setup.ts';
import { walletOutcome } from './wallet-outcome.ts';
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
  const outcome = walletOutcome(walletOf(new URLSearchParams()));
  const fields = Object.entries(WALLET_DIALS)
    .filter(([name]) => name !== 'hours')
    .map(
      ([name, { least, most, default: value }]) =>
        `<label><span>${name}</span><input name="${name}" value="${value}" data-least="${least}" data-most="${most}"></label>`,
    );
  document.body.innerHTML = `<denial-of-wallet id="wallet"><form data-part="form" novalidate><a data-part="link">Link</a>
    ${fields.join('')}<b data-part="hours-said"></b>
    <input type="range" name="hours" min="0" max="72" value="8" data-part="hours"><button type="button" data-part="run">Let it run</button>
    <p data-part="mistake"></p><p data-part="status"></p>
    ${Object.entries(WALLET_FRAME)
      .map(([name, draw]) => `<div data-part="${name}">${String(draw(outcome))}</div>`)
      .join('')}</form></denial-of-wallet>`;
  await vi.dynamicImportSettled();
}

const field = (name: string): HTMLInputElement =>
  document.querySelector<HTMLInputElement>(`[name="${name}"]`) as HTMLInputElement;
const text = (name: string): string =>
  part(name, HTMLElement).textContent.replaceAll(/\s+/g, ' ').trim();
function set(name: string, value: string): void {
  field(name).value = value;
  field(name).dispatchEvent(new Event('input', { bubbles: true }));
  field(name).dispatchEvent(new Event('change', { bubbles: true }));
}

test('it begins with 73.20 an hour, 36.74 with a cap in the function, 1.46 with one at the door', async () => {
  await open();
  expect(text('totals')).toContain('No cap of your own$73.20');
  expect(text('totals')).toContain('A cap in the function$36.74');
  expect(text('totals')).toContain('A rate at the door$1.46');
  expect(text('totals')).toContain('After 8 hours');
  expect(text('totals')).toContain('$585.60');
});

test('the ceiling is told, by hour and by month, and a larger attack does not raise it', async () => {
  await open();
  expect(text('ceiling')).toContain('$73.20 an hour, $53,436 a month');
  set('rate', '1000000');
  expect(text('totals')).toContain('No cap of your own$73.20');
  set('rate', '0');
  expect(text('totals')).toContain('No cap of your own$0.00');
  expect(text('ceiling')).toContain('$73.20 an hour');
});

test('calls that are dragged out cost at the door what the lesson says, and the cap in the function holds (X14-29)', async () => {
  await open();
  set('ms', '5000');
  expect(text('totals')).toContain('A rate at the door$30.86');
  expect(text('totals')).toContain('A cap in the function$36.60');
  expect(text('ceiling')).toContain('200 calls a second at the door');
  set('rate', '200');
  expect(text('totals')).toContain('No cap of your own$30.86');
  expect(text('totals')).toContain('A cap in the function$1.32');
  expect(text('totals')).toContain('A rate at the door$30.86');
});

test('the bill runs hour by hour, stops at the end of its axis, and is said there', async () => {
  await open();
  part('run', HTMLButtonElement).click();
  expect(text('run')).toBe('Stop it');
  expect(text('totals')).toContain('After 0 hours');
  beat?.();
  beat?.();
  expect(text('totals')).toContain('After 2 hours');
  for (let hour = 2; hour < 72; hour += 1) beat?.();
  expect(beat).toBeNull();
  expect(text('run')).toBe('Let it run');
  expect(text('status')).toContain('After 72 hours: No cap of your own $5,270');
});

test('a second press stops it where it is, and a slider that is moved stops it too', async () => {
  await open();
  part('run', HTMLButtonElement).click();
  beat?.();
  part('run', HTMLButtonElement).click();
  expect(beat).toBeNull();
  expect(text('totals')).toContain('After 1 hour');
  part('run', HTMLButtonElement).click();
  set('hours', '24');
  expect(beat).toBeNull();
  expect(text('totals')).toContain('After 24 hours');
});

test('nonsense is refused with what was expected and what came, and nothing runs on it', async () => {
  await open();
  const before = text('totals');
  for (const typed of ['', 'lots', '0', '1e9', '20.5e99']) {
    set('cap', typed);
    expect(text('mistake'), typed).toMatch(/^cap: expected/);
    part('run', HTMLButtonElement).click();
    expect(beat, typed).toBeNull();
    expect(text('totals')).toBe(before);
  }
  set('cap', '100');
  expect(text('mistake')).toBe('');
  expect(location.hash).toContain('cap=100');
});
