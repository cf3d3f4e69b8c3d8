// @vitest-environment jsdom
import { ofFunction } from '#faas/core/trace/fixtures/events.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onRun } from '#src/demo/places/announce.ts';
import { PlaceTrace } from '#src/demo/places/place-trace.ts';
import type { CallBurst, FunctionCall, Place, Run, Scaling } from '#src/demo/places/place.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { cold, done } from '../instance-lanes/fixtures/trace.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { progress } from '#src/progress/store.ts';
import './element.ts';

const asked: { call: FunctionCall; burst: CallBurst }[] = [];
/** What the place was told of how to scale, and when the burst ran. */
let told: unknown[] = [];
let mayScale = true;
/** The place offers no scaling at all. */
let isFixed = false;
let answer: (signal: AbortSignal) => Promise<Run[]>;
let trace: PlaceTrace;
const scaling: Scaling = {
  policyOf: () => Promise.resolve({ name: 'keep-alive' }),
  scale: (path, choice) => {
    told.push([path, choice?.name ?? null]);
    return mayScale ? Promise.resolve() : Promise.reject(new Error('Only a caller on the machine'));
  },
};
const place: Place = {
  name: 'tab',
  missing: () => null,
  get trace() {
    return trace;
  },
  scaling,
  instances: () => Promise.resolve([]),
  call: () => Promise.reject(new Error('one by one')),
  burst: (call, burst, signal, onRunEnd) => {
    asked.push({ call, burst });
    told.push('burst');
    onRunEnd();
    return answer(signal);
  },
};
const withoutScaling = Object.create(place, { scaling: { value: undefined } }) as Place;
vi.mock('#src/demo/places/choose.ts', () => ({
  currentPlace: () => Promise.resolve(isFixed ? withoutScaling : place),
}));

everythingIsInView();

async function render(): Promise<void> {
  document.body.innerHTML = `<burst-lab id="burst" data-function="/api/work" data-prediction="lesson/burst" data-hash="aaaa"><a data-part="link"></a>
    <form data-part="form"><label><span>How many calls</span><input name="calls" value="1" data-least="1" data-most="60" data-whole></label><input name="every" value="0" data-least="0" data-most="1000"><input name="work" value="50" data-least="0" data-most="5000">
    <label data-part="way"><select name="scaled"><option value="as-set"></option><option value="four-each"></option></select></label>
    <label><span>Instances</span><input data-part="instances" data-least="0" data-most="60" data-whole data-optional></label><fieldset><input type="radio" name="slow" value="only the first" data-part="guess"><input type="radio" name="slow" value="all of them" data-part="guess"></fieldset>
    <button data-part="run">Run</button><button type="button" data-part="cancel" hidden></button>
    <div data-part="progress" hidden><progress max="1" data-part="bar"></progress><span data-part="progress-text"></span></div>
    <p role="status" data-part="status"></p></form>
    <p data-until-answer="burst"><button type="button" data-part="show"></button></p><div data-part="result" tabindex="-1" data-answer-to="burst"></div><div id="why" data-answer-to="burst" data-explains></div>
    ${['table', 'overlay', 'error', 'took', 'provenance'].map((name) => `<div data-part="${name}">recorded</div>`).join('')}</burst-lab>`;
  await vi.waitFor(() => expect(part('link', HTMLAnchorElement).href).toContain('#burst?'));
}

const run = (): void => part('run', HTMLButtonElement).click();
const text = (name: string): string => part(name, HTMLElement).textContent ?? '';

const isOpen = (): boolean => part('result', HTMLElement).dataset['open'] !== undefined;

beforeEach(() => {
  progress().erase();
  asked.length = 0;
  told = [];
  mayScale = true;
  isFixed = false;
  trace = new PlaceTrace();
  answer = () => {
    const events = [...cold('i1', 'r1', Date.now() + 1), done('i1', 'r1', Date.now() + 61)];
    for (const event of events) trace.add({ ...event, ...ofFunction('/api/work') });
    return Promise.resolve([aRun()]);
  };
});
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, '', ' ');
});

test('a prediction is asked for once, and can be left out', async () => {
  await render();
  run();
  expect(text('status')).toContain('Say first how many instances');
  expect(asked).toHaveLength(0);
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect(asked).toHaveLength(1);
});

test('the answer waits for the run, and opens with it', async () => {
  await render();
  run();
  expect(isOpen()).toBe(false);
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect(isOpen()).toBe(true);
});

test('“Show me” opens the recorded burst without a run, also on the next visit', async () => {
  await render();
  part('show', HTMLButtonElement).click();
  expect(isOpen()).toBe(true);
  expect(document.activeElement).toBe(part('result', HTMLElement));
  expect(asked).toHaveLength(0);
  await render();
  expect(isOpen()).toBe(true);
});

test('the burst is run as it is set up, and prediction, measurement and model stand side by side', async () => {
  await render();
  const heard: string[] = [];
  const listening = new AbortController();
  onRun((demo, started) => heard.push(`${demo} ${started.function}`), listening.signal);
  part('instances', HTMLInputElement).value = '3';
  document.querySelector<HTMLInputElement>('[value="only the first"]')?.click();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  listening.abort();
  expect(asked[0]).toMatchObject({
    call: { url: '/api/work?waitMs=50' },
    burst: { times: 1, everyMs: 0 },
  });
  expect(heard).toEqual(['burst /api/work']);
  const cells = [...document.querySelectorAll('[data-part="table"] tbody tr:first-child td')];
  expect(cells.map((cell) => cell.textContent)).toEqual(['3', '1', '1']);
  expect(part('overlay', HTMLElement).innerHTML).toContain('class="modelled"');
  expect(text('error')).toContain('The model’s error');
  expect(part('took', HTMLElement).innerHTML).toContain('1 call, sorted');
  expect(text('provenance')).toContain('Live in this tab');
});

test('after the first run the reader says which were slow, and the explanation waits for that', async () => {
  await render();
  const explains = document.querySelector('#why') as HTMLElement;
  part('instances', HTMLInputElement).value = '3';
  document.querySelector<HTMLInputElement>('[value="only the first"]')?.click();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect([isOpen(), explains.dataset['open']]).toEqual([true, undefined]);
  document.querySelector<HTMLElement>('[data-part="seen"] [value="only the first"]')?.click();
  await vi.waitFor(() => expect(explains.dataset['open']).toBe(''));
  expect(document.querySelector('div.message')?.textContent).toBe(
    'Look again: the receipt says all of them.',
  );
  expect(progress().get('prediction', 'lesson/burst')).toMatchObject({
    said: '3, only the first',
    saw: 'only the first',
  });
  await render();
  expect(part('instances', HTMLInputElement).value).toBe('3');
  expect(document.querySelector<HTMLInputElement>('[value="only the first"]')?.checked).toBe(true);
});

test('a long burst can be cancelled, and what stood there stays', async () => {
  answer = (signal) =>
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
  expect(text('table')).toBe('recorded');
  expect(part('run', HTMLButtonElement).ariaDisabled).toBeNull();
});

test.for([
  ['as-set', [['/api/work', null], 'burst']],
  ['four-each', [['/api/work', 'concurrent'], 'burst', ['/api/work', null]]],
] as const)('a burst scaled %s leaves the platform as it was set', async ([way, order]) => {
  location.hash = `#burst?scaled=${way}`;
  await render();
  run();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect(told).toEqual(order);
});

test('who may not choose how it is scaled runs it as it is set, and is told why not otherwise', async () => {
  mayScale = false;
  await render();
  run();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  const way = document.querySelector<HTMLSelectElement>('[name="scaled"]');
  if (way) way.value = 'four-each';
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Only a caller on the machine'));
  expect(told.filter((what) => what === 'burst')).toHaveLength(1);
});

test('where scaling is not offered it is no choice, and a link that asks for one runs as it is set', async () => {
  isFixed = true;
  location.hash = '#burst?scaled=four-each';
  await render();
  await vi.waitFor(() => expect(part('way', HTMLElement).hidden).toBe(true));
  run();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('Done.'));
  expect(told).toEqual(['burst']);
});

test('a burst that fails leaves the platform as it was set, too', async () => {
  location.hash = '#burst?scaled=four-each';
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await render();
  run();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('No answer came'));
  expect(told.at(-1)).toEqual(['/api/work', null]);
});

test('no answer at all is said, with what to do', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await render();
  run();
  run();
  await vi.waitFor(() => expect(text('status')).toContain('No answer came'));
  expect(part('status', HTMLElement).dataset['state']).toBe('fault');
});

test('a burst that is out of bounds is not run', async () => {
  await render();
  const calls = document.querySelector<HTMLInputElement>('[name="calls"]');
  for (const typed of ['61', '', '5k', '-5', '1.234,56']) {
    if (calls) calls.value = typed;
    run();
    run();
    expect(text('status'), typed).toMatch(/^How many calls: expected a whole number from 1 to 60,/);
  }
  part('instances', HTMLInputElement).value = 'many';
  if (calls) calls.value = '6';
  run();
  expect(text('status')).toBe('Instances: expected a whole number from 0 to 60, and “many” came.');
  expect(asked).toHaveLength(0);
});

test('a link opens the burst it was made for', async () => {
  location.hash = '#burst?calls=7&every=10&work=20';
  await render();
  expect(document.querySelector<HTMLInputElement>('[name="calls"]')?.value).toBe('7');
});
