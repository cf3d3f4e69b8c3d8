// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progress } from '#src/progress/store.ts';
import { CourseElement } from '../element.ts';
import { part } from '../fixtures/figure.ts';
import { Question } from '../question.ts';
import { Experiment, type ExperimentOptions, type Trial } from './experiment.ts';

class TryFigure extends CourseElement {
  protected override connected(): void {
    // The test adds what it needs.
  }
}
customElements.define('try-figure', TryFigure);

const shown: unknown[] = [];
const show = (result: unknown): void => void shown.push(result);

function render(): TryFigure {
  document.body.innerHTML = `<try-figure id="f" data-prediction="l/f" data-hash="h">
    <button data-part="run"></button><button data-part="cancel" hidden></button>
    <div data-part="progress" hidden><progress data-part="bar" max="1"></progress><span data-part="progress-text"></span></div>
    <p data-part="status"></p><div data-answer-to="f"></div></try-figure>`;
  return document.querySelector('try-figure') as TryFigure;
}

function experiment(options: Partial<ExperimentOptions> = {}): Experiment {
  return new Experiment({ figure: render(), signal: new AbortController().signal, ...options });
}

/** An experiment that asks first. @param said what the reader has said */
function asking(said: () => string): Experiment {
  const figure = render();
  const prediction = {
    question: new Question(figure),
    said,
    isComplete: () => said() !== '',
    request: 'Say first.',
    focus: () => part('run', HTMLButtonElement).focus(),
  };
  return new Experiment({ figure, signal: new AbortController().signal, prediction });
}

const status = (): string => part('status', HTMLElement).textContent ?? '';
const isOpen = (): boolean => document.querySelector('[data-answer-to][data-open]') !== null;
const done: Trial<string> = { run: () => Promise.resolve('done'), show };
const endless: Trial<string> = {
  run: (signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }),
  show,
};

beforeEach(() => {
  shown.length = 0;
  progress().erase();
});
afterEach(() => vi.useRealTimers());

test('a run is shown, and the figure is marked while it goes on', async () => {
  const running = experiment().start(done);
  const figure = document.querySelector('try-figure');
  expect(figure?.hasAttribute('data-running')).toBe(true);
  expect(part('run', HTMLButtonElement).ariaDisabled).toBe('true');
  await running;
  expect(shown).toEqual(['done']);
  expect(figure?.hasAttribute('data-running')).toBe(false);
  expect(part('run', HTMLButtonElement).ariaDisabled).toBeNull();
});

test('a prediction is asked for once, and kept when it comes', async () => {
  let said = '';
  const one = asking(() => said);
  await one.start(done);
  expect(status()).toBe('Say first.');
  expect(document.activeElement).toBe(part('run', HTMLButtonElement));
  expect(shown).toEqual([]);
  said = 'ten';
  await one.start(done);
  expect(shown).toEqual(['done']);
  expect(progress().get('prediction', 'l/f')?.said).toBe('ten');
});

test('a second start without a prediction counts as declined', async () => {
  const one = asking(() => '');
  await one.start(done);
  await one.start(done);
  expect(shown).toEqual(['done']);
  expect(progress().get('prediction', 'l/f')?.said).toBe('');
});

test('the answer opens with the end of the run, when the result is on the page', async () => {
  const order: string[] = [];
  const one = asking(() => 'ten');
  const running = one.start({ ...done, show: () => order.push(`shown, open: ${isOpen()}`) });
  expect(isOpen()).toBe(false);
  await running;
  expect(order).toEqual(['shown, open: false']);
  expect(isOpen()).toBe(true);
});

test('the recorded result opens without a run', () => {
  asking(() => '').showRecorded();
  expect(isOpen()).toBe(true);
  expect(progress().get('prediction', 'l/f')?.said).toBe('');
});

test('a start while another run goes on is ignored, or takes its place', async () => {
  const ignoring = experiment();
  void ignoring.start(endless);
  await ignoring.start(done);
  expect(shown).toEqual([]);
  const replacing = experiment({ whileRunning: 'replaces' });
  const first = replacing.start(endless);
  await replacing.start(done);
  await first;
  expect(shown).toEqual(['done']);
  expect(status()).toBe('');
});

test('a long run shows how far it is, can be cancelled, and leaves nothing behind', async () => {
  vi.useFakeTimers();
  const one = experiment({ patienceMs: 200 });
  const running = one.start({
    ...endless,
    run: (signal, onProgress) => {
      onProgress(0.4, '4 of 10');
      return endless.run(signal, onProgress);
    },
  });
  const box = part('progress', HTMLElement);
  const cancel = part('cancel', HTMLButtonElement);
  expect(box.hidden).toBe(true);
  vi.advanceTimersByTime(201);
  expect([box.hidden, cancel.hidden]).toEqual([false, false]);
  expect(part('bar', HTMLProgressElement).value).toBe(0.4);
  expect(part('progress-text', HTMLElement).textContent).toBe('4 of 10');
  cancel.focus();
  cancel.click();
  await running;
  expect([box.hidden, cancel.hidden]).toEqual([true, true]);
  expect(document.activeElement).toBe(part('run', HTMLButtonElement));
  expect(status()).toMatch(/^Cancelled\./);
  expect(shown).toEqual([]);
});

test('a run that cannot be made says why', async () => {
  await experiment().start({ ...done, run: () => Promise.reject(new Error('Choose one.')) });
  expect(status()).toBe('Choose one.');
  expect(part('status', HTMLElement).dataset['state']).toBe('fault');
});

test('a mistake in the set-up is said, and nothing runs', async () => {
  await experiment({ mistake: () => 'Calls: expected a number.' }).start(done);
  expect(status()).toBe('Calls: expected a number.');
  expect(shown).toEqual([]);
});

test('a figure that leaves the page ends what runs, without a word', async () => {
  const life = new AbortController();
  const running = experiment({ signal: life.signal }).start(endless);
  life.abort();
  await running;
  expect(status()).toBe('');
});
