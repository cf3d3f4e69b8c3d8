// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FunctionCall, Place, Run, Scaling } from '#src/demo/places/place.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import './element.ts';

let asked: string[] = [];
let missing: (fn: string) => string | null;
let answer: (call: FunctionCall, signal: AbortSignal) => Promise<Run>;
const scaling: Scaling = {
  policyOf: () => Promise.resolve({ name: 'keep-alive' }),
  scale: () => Promise.resolve(),
};
const place: Place = {
  name: 'local',
  missing: (fn) => missing(fn),
  scaling,
  call: (call, signal) => {
    asked.push(call.url);
    return answer(call, signal);
  },
};
vi.mock('#src/demo/places/choose.ts', () => ({ currentPlace: () => Promise.resolve(place) }));

everythingIsInView();

const cold = (startMs: number): Run =>
  aRun({
    cold: true,
    status: 200,
    split: { queue: null, start: startMs, init: 0, handler: 1, network: 1 },
  });

async function render(starts = '[{"label":"TypeScript","ms":[40,50,60]}]'): Promise<void> {
  document.body.innerHTML = `<cold-starts id="cold-starts"><a data-part="link"></a>
    <form data-part="form"><button data-part="run">Start</button><button type="button" data-part="cancel" hidden></button>
    <div data-part="progress" hidden><progress max="1" data-part="bar"></progress><span data-part="progress-text"></span></div>
    <p role="status" data-part="status"></p>
    <select name="runtime"><option value="all"></option><option value="Python"></option></select>
    <select name="memory"><option value="512"></option><option value="128"></option></select></form>
    ${['drawing', 'own', 'each', 'doubt', 'measured', 'provenance'].map((name) => `<div data-part="${name}">recorded</div>`).join('')}</cold-starts>`;
  const figure = document.querySelector('cold-starts') as HTMLElement;
  figure.dataset['starts'] = starts;
  await vi.waitFor(() => expect(part('link', HTMLAnchorElement).href).toContain('#cold-starts?'));
}

const run = (): void => part('run', HTMLButtonElement).click();
const text = (name: string): string => part(name, HTMLElement).textContent ?? '';
const cells = (name: string): string[][] =>
  [...part(name, HTMLElement).querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? ''),
  );

beforeEach(() => {
  asked = [];
  missing = () => null;
  answer = ({ function: fn }) =>
    Promise.resolve(cold(fn === '/api/eager' ? 120 : fn === '/api/py/bare' ? 50 : 40));
});
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
});

test('what was recorded stands beside all the rows, and another choice has others', async () => {
  await render();
  expect(cells('own')).toEqual([['TypeScript', '3', '50 ms', '60 ms', '60 ms', '1']]);
  const all = cells('measured').length;
  expect(all).toBe(13);
  const runtime = document.querySelector<HTMLSelectElement>('[name="runtime"]');
  if (runtime) runtime.value = 'Python';
  runtime?.dispatchEvent(new Event('input', { bubbles: true }));
  runtime?.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(cells('measured').length).toBeLessThan(all));
  expect(cells('measured').every(([name]) => name?.startsWith('python'))).toBe(true);
  expect(text('drawing')).toContain('python3.13');
});

test('thirty starts of each function take the place of the recorded ones', async () => {
  await render();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect(asked).toHaveLength(120);
  expect(
    cells('own').map(([label, starts, half, , , times]) => [label, starts, half, times]),
  ).toEqual([
    ['TypeScript', '30', '40 ms', '1'],
    ['Python', '30', '50 ms', '1.25'],
    ['import at the top', '30', '120 ms', '3'],
    ['import when asked for', '30', '40 ms', '1'],
  ]);
  expect(text('provenance')).toContain('Live on this machine, 30 cold starts of each');
  expect(text('each')).toContain(`TypeScript, in ms:[${Array(30).fill('40.0').join(', ')}]`);
});

test('a place without Python measures the others and says what is missing', async () => {
  missing = (fn) => (fn.includes('/py/') ? 'There is no Python here.' : null);
  await render();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect(text('status')).toContain('Python cannot be started here and is left out');
  expect(cells('own')).toHaveLength(3);
});

test('a run can be cancelled, and what stood there stays', async () => {
  answer = (_call, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  await render();
  run();
  run();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(part('cancel', HTMLButtonElement).hidden).toBe(false);
  part('cancel', HTMLButtonElement).click();
  await vi.waitFor(() => expect(text('status')).toMatch(/^Cancelled\./));
  expect(cells('own')).toHaveLength(1);
  expect(asked).toHaveLength(1);
});

test('a server that is gone is told, with what to do', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await render();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('No answer came'));
  expect(part('status', HTMLElement).dataset['state']).toBe('fault');
  expect(cells('own')).toHaveLength(1);
});

test('a start that fails stops the run with its reason', async () => {
  answer = () => Promise.resolve(aRun({ cold: true, status: 500, body: 'start failed' }));
  await render();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('failed with status 500: start failed'));
});

test('where nothing was recorded the rows of Lambda stand alone', async () => {
  await render('[]');
  expect(cells('own')).toEqual([]);
  expect(text('drawing')).toContain('Node.js');
});
