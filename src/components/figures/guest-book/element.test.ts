// @vitest-environment jsdom
import { webcrypto } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import './element.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import type { FunctionCall, Place, Run } from '#src/demo/places/place.ts';
import { MOST_PICTURE_BYTES } from './picture-limits.ts';

vi.mock('#src/demo/places/choose.ts', () => ({ currentPlace: vi.fn() }));

const calls: FunctionCall[] = [];
let answer: (call: FunctionCall) => Partial<Run>;
let missing: string | null = null;
/** What the place says beside its calls. */
let place: Partial<Place>;

beforeEach(() => {
  calls.length = 0;
  missing = null;
  place = {};
  vi.stubGlobal('isSecureContext', true);
  // That of jsdom has no hash.
  vi.stubGlobal('crypto', webcrypto);
  answer = () => ({ status: 200, headers: [], body: '{"entries":[]}' });
  vi.mocked(currentPlace).mockImplementation(() =>
    Promise.resolve({
      ...place,
      name: 'local',
      missing: () => missing,
      call: (call) => {
        calls.push(call);
        return Promise.resolve(answer(call) as Run);
      },
    }),
  );
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
    <input name="name"><textarea name="text"></textarea>
    <input type="file" data-part="picture"><small data-part="picture-note"></small>
    <p data-part="sending" hidden><progress data-part="progress" max="1"></progress>
    <button type="button" data-part="cancel"></button></p><button data-part="sign">Sign</button>
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

/** A request that does as it is told, in the place of the browser's. */
class ScriptedRequest {
  static last: ScriptedRequest | null = null;
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  readonly said: unknown[] = [];
  status = 201;
  responseText = '{}';
  onload?: () => void;
  onabort?: () => void;
  constructor() {
    ScriptedRequest.last = this;
  }
  open(...all: unknown[]): void {
    this.said.push(...all);
  }
  setRequestHeader(...all: unknown[]): void {
    this.said.push(...all);
  }
  send(file: File): void {
    this.said.push(file.name);
  }
  abort(): void {
    this.onabort?.();
  }
}

const upload = {
  method: 'PUT',
  url: '/_objects/private/k',
  headers: { 'content-type': 'image/png' },
};
const withPicture = (file: File): void => {
  Object.defineProperty(part('picture'), 'files', { configurable: true, value: [file] });
  vi.stubGlobal('XMLHttpRequest', ScriptedRequest);
  answer = ({ method, url }) => {
    if (method === 'GET') return { status: 200, headers: [], body: '{"entries":[]}' };
    const body = url.endsWith('?picture') ? JSON.stringify({ key: 'pictures/1', upload }) : '{}';
    return { status: 201, headers: [], body };
  };
};
const sent = () => vi.waitFor(() => expect(ScriptedRequest.last?.said).toContain('a.png'));
const png = Object.assign(new File(['abc'], 'a.png', { type: 'image/png' }), {
  arrayBuffer: () => Promise.resolve(Uint8Array.from([97, 98, 99]).buffer),
});

test('a picture is announced, sent to its address, and named by the entry', async () => {
  await live();
  withPicture(png);
  sign();
  await sent();
  ScriptedRequest.last?.upload.onprogress?.({ loaded: 1.5 });
  expect((part('progress') as HTMLProgressElement).value).toBe(0.5);
  expect(part('sending').hidden).toBe(false);
  ScriptedRequest.last?.onload?.();
  await vi.waitFor(() => expect(part('status').textContent).toBe('Signed.'));
  expect(ScriptedRequest.last?.said).toEqual([
    'PUT',
    upload.url,
    'content-type',
    'image/png',
    'a.png',
  ]);
  expect(posts().map(({ body }) => JSON.parse(body ?? '') as unknown)).toEqual([
    // SHA-256 of "abc", FIPS 180-4.
    {
      type: 'image/png',
      length: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    },
    expect.objectContaining({ picture: 'pictures/1', text: 'Hello' }),
  ]);
  expect(part('sending').hidden).toBe(true);
});

test('a picture that is cancelled leaves the entry as it was written', async () => {
  await live();
  withPicture(png);
  sign();
  await sent();
  part('cancel').click();
  await vi.waitFor(() => expect(part('status').textContent).toMatch(/^The picture was not sent/));
  expect(posts()).toHaveLength(1);
  const form = part('form') as HTMLFormElement;
  expect((form.elements.namedItem('text') as HTMLTextAreaElement).value).toBe('Hello');
});

test.each([
  ['no picture', new File(['a'], 'a.pdf', { type: 'application/pdf' }), /JPEG, PNG or WebP/],
  [
    'too large',
    Object.defineProperty(new File(['a'], 'a.png', { type: 'image/png' }), 'size', {
      value: MOST_PICTURE_BYTES + 11e6,
    }),
    /may have 20 MB, and this one has 31\./,
  ],
] as const)(
  'a file that is %s is not sent, and the reader hears what to do',
  async (_is, file, says) => {
    await live();
    withPicture(file);
    sign();
    await vi.waitFor(() => expect(part('status').textContent).toMatch(says));
    expect(part('picture').ariaInvalid).toBe('true');
    expect(posts()).toEqual([]);
  },
);

test('where there is no object store, the field is off and says why', async () => {
  place = { noObjects: 'A tab keeps no pictures.' };
  document.body.innerHTML = document.body.innerHTML;
  await vi.waitFor(() => expect(part('picture-note').textContent).toBe('A tab keeps no pictures.'));
  expect((part('picture') as HTMLInputElement).disabled).toBe(true);
});

test('a database that has to be loaded first is started by the reader', async () => {
  place = { loadsFirst: () => Promise.resolve({ bytes: 16_000_000 }) };
  document.body.innerHTML = document.body.innerHTML;
  await vi.waitFor(() => expect(part('entries').textContent).toContain('16 MB'));
  calls.length = 0;
  part('start').click();
  await vi.waitFor(() => expect(part('entries').textContent).toBe('Nobody has signed yet.'));
  expect(calls.map(({ method }) => method)).toEqual(['GET']);
});
