// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import './element.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import type { FunctionCall, Run } from '#src/demo/places/place.ts';

vi.mock('#src/demo/places/choose.ts', () => ({ currentPlace: vi.fn() }));

const calls: FunctionCall[] = [];
let answer: (call: FunctionCall) => Partial<Run>;
let missing: string | null = null;

beforeEach(() => {
  calls.length = 0;
  missing = null;
  answer = () => ({ status: 200, headers: [], body: '{"entries":[]}' });
  vi.mocked(currentPlace).mockResolvedValue({
    name: 'local',
    missing: () => missing,
    call: (call) => {
      calls.push(call);
      return Promise.resolve(answer(call) as Run);
    },
  });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #seen: (entries: { isIntersecting: boolean }[]) => void;
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        this.#seen = seen;
      }
      observe(): void {
        this.#seen([{ isIntersecting: true }]);
      }
      disconnect(): void {
        // Nothing is watched any more.
      }
    },
  );
  document.body.innerHTML = `<guest-book><form data-part="form">
    <input name="name"><textarea name="text"></textarea><button data-part="sign">Sign</button>
    <p data-part="status"></p></form><ol data-part="entries"></ol></guest-book>`;
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const part = (name: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (found === null) throw new Error(`no ${name}`);
  return found;
};
const sign = (): void => {
  const form = part('form') as HTMLFormElement;
  (form.elements.namedItem('name') as HTMLInputElement).value = 'Ada';
  (form.elements.namedItem('text') as HTMLTextAreaElement).value = 'Hello';
  form.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
};
const live = () =>
  vi.waitFor(() =>
    expect(document.querySelector('guest-book')?.hasAttribute('data-live')).toBe(true),
  );
const posts = () => calls.filter(({ method }) => method === 'POST');

test('the newest entries stand there, and what they say is text', async () => {
  const entry = {
    name: '<i>Ada</i>',
    text: '<script>alert(1)</script>',
    at: '2026-11-30T08:00:00Z',
  };
  answer = () => ({ status: 200, headers: [], body: JSON.stringify({ entries: [entry] }) });
  await vi.waitFor(() =>
    expect(part('entries').textContent).toContain('<script>alert(1)</script>'),
  );
  expect(part('entries').querySelector('script, i')).toBeNull();
});

test('signing sends the entry with an id, and says how long the database took to start', async () => {
  await live();
  answer = ({ method }) =>
    method === 'POST'
      ? { status: 201, headers: [['server-timing', 'handler;dur=90, store;dur=52.4']], body: '{}' }
      : { status: 200, headers: [], body: '{"entries":[]}' };
  sign();
  await vi.waitFor(() =>
    expect(part('status').textContent).toMatch(/^Signed\. The database slept; .* 52 ms/),
  );
  expect(JSON.parse(posts()[0]?.body ?? '')).toEqual({
    id: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    name: 'Ada',
    text: 'Hello',
  });
});

test('what is refused is said, and sent again under the same id', async () => {
  await live();
  answer = () => ({ status: 503, headers: [], body: '{"detail":"The disk is full. Make room."}' });
  sign();
  await vi.waitFor(() => expect(part('status').textContent).toBe('The disk is full. Make room.'));
  sign();
  await vi.waitFor(() => expect(posts()).toHaveLength(2));
  const ids = posts().map(({ body }) => (JSON.parse(body ?? '') as { id: string }).id);
  expect(new Set(ids).size).toBe(1);
});

test('where the function cannot run, it says why', async () => {
  missing = 'It needs a server.';
  document.body.innerHTML = document.body.innerHTML;
  await vi.waitFor(() => expect(part('entries').textContent).toBe('It needs a server.'));
});
