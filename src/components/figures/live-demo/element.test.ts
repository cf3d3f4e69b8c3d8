// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { escape } from '#src/components/markup.ts';
import { onFinish, onRun } from '#src/demo/places/announce.ts';
import type { FunctionCall, Place, Run } from '#src/demo/places/place.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { progress } from '#src/progress/store.ts';
import { UNKNOWN } from '../../guess.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import type { DemoSetup } from './setup.ts';
import './element.ts';

const code = 'a'.repeat(64);
const setup: DemoSetup = {
  variants: [
    { language: 'TypeScript', function: '/api/hello', path: '/api/hello', code, memoryMb: 256 },
    { language: 'Python', function: '/api/py/hello', path: '/api/py/hello', code, memoryMb: 256 },
  ],
  method: 'GET',
  calls: 1,
  mode: 'sequence',
  wait: null,
  folds: {},
  observe: '/count',
};

const calls: FunctionCall[] = [];
let answer: (call: FunctionCall, signal: AbortSignal) => Promise<Run>;
const place: Place = {
  name: 'tab',
  missing: () => null,
  call: (call, signal) => {
    calls.push(call);
    return answer(call, signal);
  },
};
vi.mock('#src/demo/places/choose.ts', () => ({ currentPlace: () => Promise.resolve(place) }));

everythingIsInView();

const guesses = ['0', '1', '10', UNKNOWN]
  .map((value) => `<label><input type="radio" name="g" value="${value}" data-part="guess"></label>`)
  .join('');

async function render(predicts: boolean, change: Partial<DemoSetup> = {}): Promise<void> {
  const json = escape(JSON.stringify({ ...setup, ...change }));
  document.body.innerHTML = `<live-demo id="one" data-setup="${json}" data-prediction="lesson/one" data-hash="aaaa" data-help="/predictions/lesson/one.json"><form data-part="form">
    <span data-part="address"></span>
    <input type="radio" name="l" value="TypeScript" data-part="language" checked>
    <input type="radio" name="l" value="Python" data-part="language">
    <input name="name" value="Ada" data-part="query">
    ${predicts ? `<fieldset>${guesses}</fieldset><p data-until-answer="one"><button type="button" data-part="show"></button></p>` : ''}
    <dl data-part="comparison" hidden><dd data-part="predicted"></dd><dd data-part="observed"></dd></dl>
    <button data-part="run">Run</button><button type="button" data-part="cancel" hidden></button>
    <div data-part="progress" hidden><progress max="1" data-part="bar"></progress><span data-part="progress-text"></span></div>
    <p role="status" data-part="status"></p>
    ${['TypeScript', 'Python'].map((language) => ['ran', 'cost', 'provenance'].map((name) => `<div data-part="${name}" data-language="${language}" tabindex="-1" ${predicts ? 'data-answer-to="one"' : ''}>recorded</div>`).join('')).join('')}
  </form></live-demo>${predicts ? '<div id="why" data-answer-to="one" data-explains></div>' : ''}`;
  const demo = document.querySelector<HTMLElement>('live-demo');
  await vi.waitFor(() => expect(demo?.dataset['live']).toBe(''));
}

const status = (): string => part('status', HTMLElement).textContent ?? '';
const run = (): void => part('run', HTMLButtonElement).click();
const settled = (): Promise<void> =>
  vi.waitFor(() => expect(document.querySelector('[data-running]')).toBeNull());

/** Presses an answer to “What did you see?”. */
const see = (text: string): void =>
  document.querySelector<HTMLElement>(`[data-part="seen"] [value="${text}"]`)?.click();
const guess = (value: string): void => {
  document.querySelector<HTMLInputElement>(`[value="${value}"][data-part="guess"]`)?.click();
};

const isOpen = (): boolean => document.querySelector('[data-answer-to]:not([data-open])') === null;

beforeEach(() => {
  progress().erase();
  calls.length = 0;
  answer = () => Promise.resolve(aRun({ body: '{"count":1}' }));
});
afterEach(() => document.body.replaceChildren());

test('a run calls the function as the form says, and the live receipt takes the place of the recorded one', async () => {
  await render(false);
  const name = document.querySelector<HTMLInputElement>('[name="name"]');
  if (name) name.value = 'Grace';
  run();
  await settled();
  expect(calls).toMatchObject([{ method: 'GET', url: '/api/hello?name=Grace', body: null }]);
  const [typescript, python] = document.querySelectorAll('[data-part="ran"]');
  expect(typescript?.textContent).toContain('live');
  expect(python?.textContent).toBe('recorded');
  expect(status()).toBe('Status 200, cold start, 70 ms.');
});

test('the address follows what the reader types', async () => {
  await render(false);
  const name = document.querySelector<HTMLInputElement>('[name="name"]');
  if (name) name.value = 'a b';
  name?.dispatchEvent(new Event('input', { bubbles: true }));
  expect(part('address', HTMLElement).textContent).toBe('/api/hello?name=a+b');
});

test('where the reader can change the path, another language brings its own', async () => {
  await render(false);
  const path = Object.assign(document.createElement('input'), { value: '/api/hello/1' });
  path.dataset['part'] = 'path';
  document.querySelector('form')?.append(path);
  document.querySelector<HTMLInputElement>('[value="Python"]')?.click();
  expect(path.value).toBe('/api/py/hello');
  expect(part('address', HTMLElement).textContent).toBe('/api/py/hello?name=Ada');
});

test('the language that is chosen is the one that runs', async () => {
  await render(false);
  document.querySelector<HTMLInputElement>('[value="Python"]')?.click();
  run();
  await settled();
  expect(calls[0]?.function).toBe('/api/py/hello');
});

test('a prediction is asked for first, once, and can be left out', async () => {
  await render(true);
  run();
  expect(status()).toContain('Say first what you think');
  expect(calls).toHaveLength(0);
  run();
  await settled();
  expect(calls).toHaveLength(1);
  expect(part('predicted', HTMLElement).textContent).toBe('nothing');
});

test('a prediction is laid beside what was observed, and both are marked', async () => {
  await render(true);
  guess('10');
  run();
  await settled();
  see('1');
  await vi.waitFor(() => expect(part('comparison', HTMLElement).hidden).toBe(false));
  expect(part('predicted', HTMLElement).textContent).toBe('10');
  expect(part('observed', HTMLElement).textContent).toBe('1');
  const verdicts = [...document.querySelectorAll('label')].map((label) => label.dataset['verdict']);
  expect(verdicts).toEqual([undefined, 'missed', 'wrong', undefined]);
});

test('the answer waits for the run, and opens with it, also when it fails', async () => {
  await render(true);
  expect(isOpen()).toBe(false);
  run();
  expect(isOpen()).toBe(false);
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  run();
  expect(isOpen()).toBe(false);
  await settled();
  expect(isOpen()).toBe(true);
  expect(part('show', HTMLButtonElement).closest('p')?.hidden).toBe(true);
});

test('after the first run the reader says what they saw, and the explanation waits for that', async () => {
  await render(true);
  guess('10');
  run();
  await settled();
  const explains = document.querySelector('#why') as HTMLElement;
  expect(part('ran', HTMLElement).dataset['open']).toBe('');
  expect(explains.dataset['open']).toBeUndefined();
  expect(part('comparison', HTMLElement).hidden).toBe(true);
  see('0');
  await vi.waitFor(() => expect(explains.dataset['open']).toBe(''));
  expect(document.activeElement).toBe(part('comparison', HTMLElement));
  expect(document.querySelector('div.message')?.textContent).toBe(
    'Look again: the receipt says 1.',
  );
  expect(progress().get('prediction', 'lesson/one')).toMatchObject({ said: '10', saw: '0' });
  run();
  await settled();
  expect(document.querySelector('[data-part="seen"]')).toBeNull();
});

test('“I don’t know yet” is a guess that is neither right nor wrong', async () => {
  await render(true);
  guess(UNKNOWN);
  run();
  await settled();
  see('1');
  await vi.waitFor(() => expect(part('comparison', HTMLElement).hidden).toBe(false));
  expect(part('predicted', HTMLElement).textContent).toBe(UNKNOWN);
  const verdicts = [...document.querySelectorAll('label')].map((label) => label.dataset['verdict']);
  expect(verdicts).toEqual([undefined, 'missed', undefined, undefined]);
  expect(progress().get('prediction', 'lesson/one')?.said).toBe(UNKNOWN);
});

test('the reason that was chosen is answered after the run', async () => {
  const why = [{ reason: 'It <em>counts</em>.', feedback: 'Does it?' }];
  const help = { ideas: ['<a>count</a>: a number'], why };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(help)));
  await render(true);
  guess('10');
  const reason = await vi.waitFor(() => {
    const found = document.querySelector<HTMLInputElement>('.choices input');
    expect(found).not.toBeNull();
    return found;
  });
  reason?.click();
  run();
  await settled();
  see('1');
  await vi.waitFor(() => expect(document.querySelector('div.message')).not.toBeNull());
  expect(document.querySelector('div.message')?.textContent).toBe(
    'You said: “It counts.” Does it?',
  );
  expect(progress().get('prediction', 'lesson/one')?.why).toBe('It counts.');
  vi.unstubAllGlobals();
  everythingIsInView();
});

test('“Show me” opens the recorded result without a run, and goes to it', async () => {
  await render(true);
  part('show', HTMLButtonElement).click();
  expect(isOpen()).toBe(true);
  expect(calls).toHaveLength(0);
  expect(document.activeElement).toBe(part('ran', HTMLElement));
  expect(progress().get('prediction', 'lesson/one')?.said).toBe('');
  // From now on Run asks for nothing.
  run();
  expect(status()).toBe('');
});

test('what was predicted on an earlier visit is chosen, and its answer is open', async () => {
  await render(true);
  document.querySelector<HTMLInputElement>('[value="10"]')?.click();
  run();
  await settled();
  await render(true);
  expect(isOpen()).toBe(true);
  expect(document.querySelector<HTMLInputElement>('[value="10"]')?.checked).toBe(true);
});

test('what is observed and is none of the options judges nobody', async () => {
  answer = () => Promise.resolve(aRun({ body: '{"count":5}' }));
  await render(true);
  guess('10');
  run();
  await settled();
  see('something else');
  await vi.waitFor(() => expect(part('comparison', HTMLElement).hidden).toBe(false));
  expect(document.querySelectorAll('[data-verdict]')).toHaveLength(0);
  expect(part('observed', HTMLElement).textContent).toBe('5');
});

test('a long run can be cancelled, and a second press does not run it twice', async () => {
  answer = (_call, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  await render(false);
  run();
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  run();
  expect(part('run', HTMLButtonElement).ariaDisabled).toBe('true');
  await vi.waitFor(() => expect(part('cancel', HTMLButtonElement).hidden).toBe(false));
  part('cancel', HTMLButtonElement).click();
  await settled();
  expect(part('cancel', HTMLButtonElement).hidden).toBe(true);
  expect(calls).toHaveLength(1);
  expect(status()).toMatch(/^Cancelled\./);
  expect(document.querySelector('[data-part="ran"]')?.textContent).toBe('recorded');
});

test('a demo that leaves the page stops what it runs', async () => {
  let stopped = false;
  answer = (_call, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        stopped = true;
        reject(signal.reason as Error);
      });
    });
  await render(false);
  run();
  await vi.waitFor(() => expect(calls).toHaveLength(1));
  document.querySelector('live-demo')?.remove();
  expect(stopped).toBe(true);
});

test('no answer at all is said, with what it was', async () => {
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await render(false);
  run();
  await settled();
  expect(status()).toContain('No answer came');
  expect(part('status', HTMLElement).dataset['state']).toBe('fault');
});

test('other figures hear what came of a run', async () => {
  const heard: string[] = [];
  const listening = new AbortController();
  onFinish((demo, { runs, memoryMb }) => {
    heard.push(`${demo} ${String(runs.length)} ${String(memoryMb)}`);
  }, listening.signal);
  await render(false);
  run();
  await settled();
  listening.abort();
  expect(heard).toEqual(['one 1 256']);
});

test('other figures hear that a run has begun, and of which function', async () => {
  const heard: string[] = [];
  const listening = new AbortController();
  onRun((demo, { function: path }) => heard.push(`${demo} ${path}`), listening.signal);
  await render(false);
  run();
  await settled();
  listening.abort();
  expect(heard).toEqual(['one /api/hello']);
});
