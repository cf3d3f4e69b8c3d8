// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ofCall, ofFunction } from '#faas/core/trace/fixtures/events.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { followCall } from './follow.ts';
import './element.ts';
import { pictureAfter, NO_INSTANCE } from './picture.ts';

vi.mock('./follow.ts', () => ({ followCall: vi.fn() }));

const at = ofFunction('/api/work');
const call = (request: string) => ofCall('/api/work', request);
const life: TraceEvent[] = [
  { ...call('r1'), at: 0, type: 'instance.starting', instance: 'a' },
  { ...at, at: 40, type: 'instance.ready', instance: 'a', startMs: 36, initMs: 4, pid: 7 },
  {
    ...call('r1'),
    at: 41,
    type: 'request.started',
    instance: 'a',
    cold: true,
    queueMs: 0,
    served: 1,
  },
  {
    ...call('r1'),
    at: 641,
    type: 'request.done',
    instance: 'a',
    status: 200,
    handlerMs: 600,
    cpuMs: 1,
    memoryMb: 20,
  },
  { ...at, at: 10_641, type: 'instance.stopped', instance: 'a', reason: 'idle', served: 1 },
];

/** The element as the server renders it, as far as the element touches it. */
function render(): HTMLElement {
  const parts = ['word', 'who', 'served', 'cold', 'busy', 'idle', 'status'];
  document.body.innerHTML = `<zero-to-one data-state="zero" data-path="/api/work" data-url="/api/work">
    <button data-part="call"></button>${parts.map((part) => `<b data-part="${part}"></b>`).join('')}
  </zero-to-one>`;
  const element = document.querySelector<HTMLElement>('zero-to-one');
  if (!element) throw new Error('Expected <zero-to-one> in the page.');
  return element;
}

const read = (part: string): string | null | undefined =>
  document.querySelector(`[data-part="${part}"]`)?.textContent;

const answered = 'local' as const;

/** Presses the button; what the press loads is there when this resolves. */
async function press(): Promise<void> {
  document.querySelector('button')?.click();
  await vi.dynamicImportSettled();
}

/** The place tells `events` and answers. */
function tells(events: readonly TraceEvent[]): void {
  vi.mocked(followCall).mockImplementation((_call, from, show) => {
    let picture = from;
    for (const event of events) show((picture = pictureAfter(picture, event)));
    return Promise.resolve(answered);
  });
}

describe('<zero-to-one>', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.mocked(followCall).mockReset();
  });

  it('stays with each state of a life long enough to be seen, in order', async () => {
    tells(life);
    const element = render();
    await press();
    const seen = [element.dataset['state']];
    for (let step = 0; step < 3; step += 1) {
      await vi.advanceTimersByTimeAsync(600);
      seen.push(element.dataset['state']);
    }
    expect(seen).toEqual(['cold', 'busy', 'idle', 'zero']);
  });

  it('writes the times as they were measured', async () => {
    tells(life);
    render();
    await press();
    await vi.advanceTimersByTimeAsync(3000);
    expect([read('cold'), read('busy'), read('idle')]).toEqual(['40 ms', '600 ms', '10.00 s']);
  });

  it('says why when no answer came', async () => {
    vi.mocked(followCall).mockRejectedValue(new Error('The platform is gone.'));
    render();
    await press();
    await vi.advanceTimersByTimeAsync(0);
    expect(read('status')).toBe('The platform is gone.');
  });
});

describe('a picture', () => {
  it('has no cold start when the request found an instance', () => {
    const idle = life.slice(0, 4).reduce(pictureAfter, NO_INSTANCE);
    const again: TraceEvent = {
      ...call('r2'),
      at: 2000,
      type: 'request.started',
      instance: 'a',
      cold: false,
      queueMs: 0,
      served: 2,
    };
    expect(pictureAfter(idle, again)).toMatchObject({ state: 'busy', coldMs: null, served: 2 });
  });

  it('is not changed by another instance', () => {
    const idle = life.slice(0, 4).reduce(pictureAfter, NO_INSTANCE);
    const other: TraceEvent = {
      ...at,
      at: 2000,
      type: 'instance.stopped',
      instance: 'b',
      reason: 'idle',
      served: 3,
    };
    expect(pictureAfter(idle, other)).toBe(idle);
  });
});
