// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { announceRun } from '#src/demo/places/announce.ts';
import { PlaceTrace } from '#src/demo/places/place-trace.ts';
import type { Place } from '#src/demo/places/place.ts';
import { cold, done, ended } from './fixtures/trace.ts';
import './element.ts';

let look: (isIntersecting: boolean) => void = () => undefined;
let frames: (() => void)[] = [];
let isCalm = false;

beforeEach(() => {
  frames = [];
  isCalm = false;
  vi.useFakeTimers({ toFake: ['Date'], now: 1000 });
  vi.stubGlobal('matchMedia', () => ({ matches: isCalm }));
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(report: (entries: { isIntersecting: boolean }[]) => void) {
        look = (isIntersecting) => report([{ isIntersecting }]);
      }
      observe(): void {
        look(true);
      }
      disconnect(): void {
        look = () => undefined;
      }
    },
  );
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function aPlace(): { place: Place; trace: PlaceTrace } {
  const trace = new PlaceTrace();
  const place: Place = {
    name: 'tab',
    trace,
    missing: () => null,
    call: () => Promise.reject(new Error('nobody calls here')),
  };
  return { place, trace };
}

function render(attribute: string): void {
  document.body.innerHTML = `<instance-lanes id="l" ${attribute}>
    <span data-part="kind">recorded</span><div data-part="drawing">recorded</div><div data-part="table"></div>
  </instance-lanes>`;
}

const drawing = (): string => document.querySelector('[data-part="drawing"]')?.innerHTML ?? '';
const bars = (state: string): number => drawing().split(`data-state="${state}"`).length - 1;
const isLive = (): Promise<void> => vi.waitFor(() => expect(drawing()).toContain('<svg'));

/** One frame of the screen, `ms` later. */
function frame(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
  for (const draw of frames.splice(0)) draw();
}

test('a run of its demo is drawn as it happens, and in the table too', async () => {
  const { place, trace } = aPlace();
  render('data-demo="one"');
  announceRun('one', { place, function: '/api/counter', since: 1000 });
  await isLive();
  expect(drawing()).toContain('No instance');
  for (const event of cold('i1', 'r1', 1000)) trace.add(event);
  frame(60);
  expect([bars('cold'), bars('busy'), bars('idle')]).toEqual([2, 1, 0]);
  trace.add(done('i1', 'r1', 1060));
  frame(20);
  expect(bars('idle')).toBe(1);
  expect(document.querySelector('[data-part="table"]')?.textContent).toContain('i1');
  expect(document.querySelector('[data-part="kind"]')?.textContent).toBe('live');
});

test('lanes that wait for a prediction open with the run, and show that run alone', async () => {
  const { place } = aPlace();
  render('data-demo="one" data-answer-to="one"');
  look(false);
  announceRun('one', { place, function: '/api/counter', since: 1000 });
  const lanes = document.querySelector('instance-lanes') as HTMLElement;
  expect(lanes.dataset['open']).toBeUndefined();
  await vi.waitFor(() => expect(lanes.dataset['open']).toBe(''));
  expect(drawing()).toContain('No instance');
});

test('runs of other demos and events of other functions are not drawn', async () => {
  const { place, trace } = aPlace();
  render('data-demo="one"');
  announceRun('two', { place, function: '/api/counter', since: 1000 });
  announceRun('one', { place, function: '/api/hello', since: 1000 });
  await isLive();
  for (const event of cold('i1', 'r1', 1000)) trace.add(event);
  frame(100);
  expect(drawing()).toContain('No instance');
});

test('the next run of a demo begins a picture of its own; lanes of a function go on', async () => {
  const { place, trace } = aPlace();
  for (const event of [...cold('i1', 'r1', 100), ended('i1', 900, 'idle')]) trace.add(event);
  render('data-demo="one"');
  announceRun('one', { place, function: '/api/counter', since: 1000 });
  await isLive();
  expect(drawing()).toContain('No instance');

  render('data-function="/api/counter"');
  announceRun('any', { place, function: '/api/counter', since: 50 });
  await isLive();
  announceRun('any', { place, function: '/api/counter', since: 1000 });
  frame(10);
  expect(drawing()).toContain('i1 · 1 call · let go');
});

test('where a place has no trace, such as the cloud, the recording stays and says so', () => {
  const { place } = aPlace();
  render('data-demo="one"');
  const cloud: Place = { ...place, name: 'cloud' };
  delete (cloud as { trace?: unknown }).trace;
  announceRun('one', { place: cloud, function: '/api/counter', since: 1000 });
  expect(drawing()).toBe('recorded');
  expect(document.querySelector('[data-part="kind"]')?.textContent).toBe(
    'recorded: the cloud does not show its instances',
  );
});

test('when nothing is alive nothing is drawn again', async () => {
  const { place, trace } = aPlace();
  for (const event of [...cold('i1', 'r1', 1000), ended('i1', 1060, 'crashed')]) trace.add(event);
  vi.setSystemTime(2000);
  render('data-demo="one"');
  announceRun('one', { place, function: '/api/counter', since: 1000 });
  await isLive();
  const before = drawing();
  frame(5000);
  expect(drawing()).toBe(before);
});

test('with reduced motion the picture takes steps: at events, and once a second', async () => {
  isCalm = true;
  const { place, trace } = aPlace();
  render('data-demo="one"');
  announceRun('one', { place, function: '/api/counter', since: 1000 });
  await isLive();
  for (const event of cold('i1', 'r1', 1000)) trace.add(event);
  frame(60);
  const drawn = drawing();
  frame(100);
  expect(drawing()).toBe(drawn);
  frame(1000);
  expect(drawing()).not.toBe(drawn);
});

test('out of view nothing is drawn, and what was missed is drawn on return', async () => {
  const { place, trace } = aPlace();
  render('data-demo="one"');
  announceRun('one', { place, function: '/api/counter', since: 1000 });
  await isLive();
  look(false);
  for (const event of cold('i1', 'r1', 1000)) trace.add(event);
  frame(60);
  expect(bars('busy')).toBe(0);
  look(true);
  expect(bars('busy')).toBe(1);
});

test('the database is drawn beside a function where the page asks for it', async () => {
  const { place, trace } = aPlace();
  const subject = { kind: 'store', name: 'database' } as const;
  const starting = { type: 'instance.starting', at: 1001, subject, request: null } as const;
  for (const [attribute, lanes] of [
    ['', 0],
    ['data-store', 1],
  ] as const) {
    render(`data-function="/api/counter" ${attribute}`);
    announceRun('book', { place, function: '/api/counter', since: 1000 });
    await isLive();
    trace.add({ ...starting, instance: `i-${lanes}` });
    frame(20);
    expect(drawing().split('database').length - 1).toBeGreaterThanOrEqual(lanes);
    expect(bars('cold')).toBe(lanes === 0 ? 0 : 2);
    document.body.replaceChildren();
  }
});
