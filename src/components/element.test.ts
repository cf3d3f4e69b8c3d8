// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { CourseElement } from './element.ts';

const observers = new Map<(visible: boolean) => void, Element>();
/** What comes into view, or leaves it: all that is watched, or one element of it. */
const intersect = (visible: boolean, only?: Element): void =>
  observers.forEach((target, tell) => {
    if (only === undefined || only === target) tell(visible);
  });
vi.stubGlobal(
  'IntersectionObserver',
  class {
    constructor(report: (entries: { isIntersecting: boolean }[]) => void) {
      this.#tell = (visible) => report([{ isIntersecting: visible }]);
    }
    readonly #tell: (visible: boolean) => void;
    observe(target: Element): void {
      observers.set(this.#tell, target);
    }
    disconnect(): void {
      observers.delete(this.#tell);
    }
  },
);

class TestFigure extends CourseElement {
  readonly signals: AbortSignal[] = [];
  readonly visits: AbortSignal[] = [];
  starts = 0;

  protected override connected(): void {
    this.signals.push(this.signal);
    this.whileVisible((signal) => this.visits.push(signal));
    if (this.id !== '') this.whenSeen(() => this.start());
  }
  start(): Promise<void> {
    this.starts++;
    return this.id === 'broken' ? Promise.reject(new Error('no script')) : Promise.resolve();
  }
  button(): HTMLButtonElement {
    return this.find('run', HTMLButtonElement);
  }
  rows(): HTMLElement[] {
    return this.findAll('row', HTMLElement);
  }
}
customElements.define('test-figure', TestFigure);

function figure(html: string): TestFigure {
  document.body.innerHTML = `<test-figure>${html}</test-figure>`;
  const found = document.querySelector('test-figure');
  if (!(found instanceof TestFigure)) throw new Error('expected <test-figure> to be upgraded');
  return found;
}

afterEach(() => document.body.replaceChildren());

test('a part is found by its name and type', () => {
  expect(figure('<div><button data-part="run">Run</button></div>').button().textContent).toBe(
    'Run',
  );
});

test('a missing part says which part of which element was expected', () => {
  expect(() => figure('<a data-part="run"></a>').button()).toThrow(
    '<test-figure> expected a HTMLButtonElement with data-part="run" inside.',
  );
});

test('parts of a custom element within belong to that element alone', () => {
  const outer = figure(
    '<p data-part="row"></p><other-figure><p data-part="row"></p></other-figure>',
  );
  expect(outer.rows()).toHaveLength(1);
});

test('the signal ends when the element leaves the page, and a new connection has a new one', () => {
  const element = figure('');
  element.remove();
  expect(element.signals.map((signal) => signal.aborted)).toEqual([true]);
  document.body.append(element);
  expect(element.signals.map((signal) => signal.aborted)).toEqual([true, false]);
});

test('work runs while the element is in view and stops when it leaves it', () => {
  const element = figure('');
  intersect(false);
  expect(element.visits).toHaveLength(0);
  intersect(true);
  expect(element.visits.map((signal) => signal.aborted)).toEqual([false]);
  intersect(false);
  expect(element.visits.map((signal) => signal.aborted)).toEqual([true]);
  intersect(true);
  element.remove();
  expect(element.visits.map((signal) => signal.aborted)).toEqual([true, true]);
});

test('what is loaded when it is seen is loaded once', () => {
  document.body.innerHTML = '<test-figure id="day"></test-figure>';
  const element = document.querySelector('test-figure') as TestFigure;
  expect(element.starts).toBe(0);
  intersect(true);
  intersect(false);
  intersect(true);
  expect(element.starts).toBe(1);
});

test('an element is live when it listens, and no longer when it has left', () => {
  const element = figure('');
  expect(element.dataset['live']).toBe('');
  element.remove();
  expect(element.dataset['live']).toBeUndefined();
});

test('an element that has something to load is live when that is there', async () => {
  document.body.innerHTML = '<test-figure id="day"></test-figure>';
  const element = document.querySelector('test-figure') as TestFigure;
  const reports: string[] = [];
  element.addEventListener('course:live', () => reports.push(element.dataset['live'] ?? 'none'));
  expect(element.dataset['live']).toBeUndefined();
  intersect(true);
  await vi.waitFor(() => expect(reports).toEqual(['']));
});

test('and when a link to it is followed before it is in view', async () => {
  document.body.innerHTML = '<test-figure id="day"></test-figure>';
  const element = document.querySelector('test-figure') as TestFigure;
  location.hash = '#day?a=1';
  await vi.waitFor(() => expect(element.starts).toBe(1));
  history.replaceState(null, '', ' ');
});

class ReadFigure extends CourseElement {
  starts = 0;
  protected override connected(): void {
    const start = (): Promise<void> => Promise.resolve(void (this.starts += 1));
    this.whenSeen(start, [this.find('works', HTMLElement)], 6_000);
  }
}
customElements.define('read-figure', ReadFigure);

test('one that is mostly read starts when what works comes into view, or after a while of reading', () => {
  vi.useFakeTimers();
  const made = (): ReadFigure => {
    document.body.innerHTML = '<read-figure><p data-part="works"></p></read-figure>';
    return document.querySelector('read-figure') as ReadFigure;
  };
  const quick = made();
  intersect(true, quick);
  expect(quick.starts).toBe(0);
  intersect(true, quick.querySelector('p') ?? undefined);
  expect(quick.starts).toBe(1);

  const reading = made();
  intersect(true, reading);
  vi.advanceTimersByTime(5_000);
  intersect(false, reading);
  vi.advanceTimersByTime(60_000);
  expect(reading.starts).toBe(0);
  intersect(true, reading);
  vi.advanceTimersByTime(6_000);
  expect(reading.starts).toBe(1);
  vi.useRealTimers();
});

test('and when it is pressed without coming into view, before or after it is defined', async () => {
  document.body.innerHTML = '<test-figure id="day"></test-figure>';
  const element = document.querySelector('test-figure') as TestFigure;
  element.dispatchEvent(new Event('course:pressed'));
  expect(element.starts).toBe(1);
  document.body.innerHTML = '<test-figure id="day" aria-busy="true"></test-figure>';
  await vi.waitFor(() =>
    expect((document.querySelector('test-figure') as TestFigure).starts).toBe(1),
  );
});

test('and at once when the address names it', () => {
  location.hash = '#day?a=1';
  document.body.innerHTML = '<test-figure id="day"></test-figure>';
  expect((document.querySelector('test-figure') as TestFigure).starts).toBe(1);
  history.replaceState(null, '', ' ');
});
