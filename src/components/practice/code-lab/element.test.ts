// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { progress } from '#src/progress/store.ts';
import './element.ts';

const SETUP = { id: 'one/greet', version: 'v1', hasEntry: false, uses: null };
const HELP = {
  example: 'POST `hello` is answered with HELLO.',
  hints: { first: 'Print the body.', checks: {} },
  candidates: [],
  order: { before: '{', after: '}', lines: ['  a();', '  b();'], strays: [] },
  solution: 'the solution\n',
  mutants: [],
  blanks: [],
  keptOutside: null,
  why: null,
  pick: null,
  sortings: {},
  amounts: {},
};

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
      // Nothing is watched.
    }
  },
);

let isPhone = false;
vi.stubGlobal('matchMedia', () => ({ matches: isPhone }));

/** The lab, once it listens. */
async function open(): Promise<HTMLElement> {
  document.body.innerHTML = `<code-lab id="lab-greet" data-setup='${JSON.stringify(SETUP)}'>
    <div data-part="code"><pre>the start</pre></div><div data-part="call"></div>
    ${['run', 'check', 'hint', 'solution', 'reset'].map((name) => `<button data-part="${name}">${name}</button>`).join('')}
    <p role="status" data-part="status"></p><div data-part="notices"></div><div data-part="ran"></div>
    <ol data-part="checks"><li>greets</li></ol>
    <div data-part="help"></div><div data-part="more"></div></code-lab>`;
  const lab = document.querySelector('code-lab') as HTMLElement;
  await vi.waitFor(() => expect(lab.dataset['live']).toBe(''));
  return lab;
}
const area = (): HTMLTextAreaElement => document.querySelector('.lab-field textarea') as never;
const press = (name: string): void =>
  document.querySelector<HTMLButtonElement>(`[data-part="${name}"]`)?.click();
const help = (): string => document.querySelector('[data-part="help"]')?.textContent ?? '';
function type(code: string): void {
  area().value = code;
  area().dispatchEvent(new Event('input'));
  window.dispatchEvent(new Event('pagehide'));
}

// The editor needs a browser; the text area stands in for it, as it does where the editor cannot load.
vi.mock('./editor.ts', () => {
  throw new Error('No editor here.');
});

beforeEach(() => {
  isPhone = false;
  // A lab that leaves the page keeps what is in it.
  document.body.replaceChildren();
  progress().erase();
  history.replaceState(null, '', '#');
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(Response.json(HELP))),
  );
});

test('what was typed is there again, and after a reset it can be gone back to', async () => {
  await open();
  expect(area().value).toBe('the start\n');
  type('my own code');
  await open();
  expect(area().value).toBe('my own code');
  press('reset');
  expect(area().value).toBe('the start\n');
  const details = document.querySelector('[data-part="more"] details') as HTMLDetailsElement;
  details.dispatchEvent(new Event('toggle'));
  document.querySelector<HTMLButtonElement>('[data-do="back"]')?.click();
  expect(area().value).toBe('my own code');
});

test('help comes one step at a time, each asked for, and the last one stays', async () => {
  await open();
  press('hint');
  await vi.waitFor(() => expect(help()).toContain('POST hello'));
  expect(document.querySelector('.lab-help code')?.textContent).toBe('hello');
  expect(help()).not.toContain('Print the body.');
  press('hint');
  await vi.waitFor(() => expect(help()).toContain('Print the body.'));
  press('hint');
  await vi.waitFor(() => expect(help()).toContain('out of order'));
  expect(help()).not.toContain('the solution');
  press('hint');
  await vi.waitFor(() => expect(help()).toContain('the solution'));
});

test('the solution stands beside the reader’s code and asks a question before it closes', async () => {
  await open();
  type('my own code');
  press('solution');
  await vi.waitFor(() => expect(help()).toContain('my own code'));
  expect(area().value).toBe('my own code');
  const close = (): void => document.querySelector<HTMLButtonElement>('[data-do="close"]')?.click();
  close();
  expect(help()).toContain('Say it first');
  close();
  expect(help()).toBe('');
});

test('on a phone its lines come first, and writing is one press away', async () => {
  isPhone = true;
  const lab = await open();
  expect(lab.dataset['form']).toBe('lines');
  expect(lab.querySelectorAll('.lab-lines li[data-at]')).toHaveLength(2);
  lab.querySelector<HTMLInputElement>('.lab-form [value="code"]')?.click();
  expect(lab.dataset['form']).toBe('code');
  expect((await open()).dataset['form']).toBe('code');
});

test('on a phone whoever has written code finds it', async () => {
  await open();
  type('my own code');
  isPhone = true;
  expect((await open()).dataset['form']).toBe('code');
});

test('lines are moved by buttons, left out, and stand so in the next visit', async () => {
  isPhone = true;
  await open();
  const lines = (side: string): string[] =>
    [...document.querySelectorAll(`[data-side="${side}"] code`)].map(
      ({ textContent }) => textContent,
    );
  const pressOn = (act: string, line: string): void => {
    const label = `${act}: ${line}`;
    document.querySelector<HTMLButtonElement>(`.lab-assembly [aria-label="${label}"]`)?.click();
  };
  expect(lines('used')).toEqual(['b();', 'a();']);
  pressOn('Down', 'b();');
  expect(lines('used')).toEqual(['a();', 'b();']);
  pressOn('Up', 'a();');
  expect(lines('used')).toEqual(['a();', 'b();']);
  pressOn('Leave out', 'a();');
  expect(document.querySelector('.lab-assembly [role="status"]')?.textContent).toBe(
    '“a();” is left out.',
  );
  expect(document.activeElement?.textContent).toBe('Use');
  await open();
  expect([lines('used'), lines('left')]).toEqual([['b();'], ['a();']]);
  pressOn('Use', 'a();');
  expect(lines('used')).toEqual(['b();', 'a();']);
});

test('a question takes along the lab, its version and the code', async () => {
  await open();
  type('my own code');
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  document.querySelector<HTMLButtonElement>('[data-do="ask"]')?.click();
  await vi.waitFor(() => expect(document.body.textContent).toContain('Copied, as text'));
  const [text = ''] = writeText.mock.calls[0] as unknown as string[];
  expect(text).toMatch(/^The lab one\/greet, version v1: /);
  expect(text).toContain('No check has failed');
  expect(text).toContain('my own code');
});
