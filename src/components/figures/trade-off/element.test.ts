// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { simulateCourse } from '#faas/simulation/scenario.ts';
import type { SimulationJob } from '#src/simulation/job.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import './element.ts';

let simulations = 0;
vi.mock('#src/simulation/beside.ts', () => ({
  simulateBeside: (jobs: readonly SimulationJob[]) => {
    simulations += 1;
    return Promise.resolve(jobs.map(({ scenario, bins }) => simulateCourse(scenario, bins)));
  },
}));

everythingIsInView();

async function render(): Promise<void> {
  document.body.innerHTML = `<trade-off id="trade-off"><a data-part="link"></a><form data-part="form">
    <input type="range" name="keep" min="0" max="8" value="1" data-part="kept-dial"><output data-part="kept"></output>
    <input type="range" name="concurrency" min="0" max="5" value="0" data-part="at-once-dial"><output data-part="at-once"></output>
    <label><span>Calls an hour</span><input name="calls" value="600" data-least="1" data-most="36000"></label>
    <label><span>ms</span><input name="ms" value="2000" data-least="1" data-most="60000"></label>
    <select name="goal"><option value="quick" selected></option><option value="cheap"></option></select>
    <div data-part="progress" hidden><progress data-part="bar"></progress><button type="button" data-part="cancel"></button></div>
    <p role="status" data-part="status"></p></form>
    ${['drawing', 'table', 'verdict'].map((name) => `<div data-part="${name}">first</div>`).join('')}
    </trade-off>`;
  await vi.waitFor(() => expect(part('link', HTMLAnchorElement).href).toContain('#trade-off?'));
}

function turn(name: string, value: string): void {
  const dial = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (!dial) throw new Error(name);
  dial.value = value;
  dial.dispatchEvent(new Event('input', { bubbles: true }));
}
const text = (name: string): string => part(name, HTMLElement).textContent ?? '';

beforeEach(() => {
  simulations = 0;
});
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
});

test('a dial that is turned says where it stands, and the picture follows', async () => {
  await render();
  expect(simulations).toBe(0);
  turn('keep', '2');
  await vi.waitFor(() => expect(text('verdict')).toContain('Kept 30 s, one call at a time'));
  expect(part('kept', HTMLOutputElement).value).toBe('30 s');
  expect(part('kept-dial', HTMLInputElement).getAttribute('aria-valuetext')).toBe('30 s');
  expect(text('drawing')).toContain('kept 30 s');
  turn('keep', '3');
  await vi.waitFor(() => expect(text('verdict')).toContain('Kept 1 min'));
  expect(simulations).toBe(1);
});

test('a goal that is met is said to be', async () => {
  await render();
  turn('concurrency', '2');
  turn('keep', '3');
  await vi.waitFor(() => expect(text('verdict')).toContain('That meets the goal.'));
  expect(part('verdict', HTMLElement).hasAttribute('data-met')).toBe(true);
});

test('what is out of bounds is said, and the picture stays', async () => {
  await render();
  turn('calls', '0');
  await vi.waitFor(() =>
    expect(text('status')).toContain(
      'Calls an hour: expected a number from 1 to 36,000, and “0” came.',
    ),
  );
  expect(text('drawing')).toBe('first');
  turn('calls', '60');
  await vi.waitFor(() => expect(text('status')).toBe(''));
});

test('a link opens the dials as they stood', async () => {
  location.hash = '#trade-off?keep=5&concurrency=3&calls=60&ms=100&goal=cheap';
  await render();
  await vi.waitFor(() => expect(text('verdict')).toContain('Kept 5 min, up to 10 calls at once'));
  expect(part('at-once', HTMLOutputElement).value).toBe('up to 10 calls at once');
});
