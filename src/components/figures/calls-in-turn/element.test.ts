// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import type { Place } from '#src/demo/places/place.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import './element.ts';

vi.mock('#src/demo/places/choose.ts', () => ({ currentPlace: vi.fn() }));
everythingIsInView();

/** Answers each call with the status that stands at its address. */
function placeWith(statuses: Readonly<Record<string, number>>): Place {
  return {
    name: 'local',
    missing: () => null,
    call: () => Promise.reject(new Error('not by a plan')),
    exchange: ({ method = 'GET', address }) =>
      Promise.resolve({
        call: `${method} ${address} HTTP/1.1\r\n\r\n`,
        answer: `HTTP/1.1 ${statuses[`${method} ${address}`] ?? 200} said\r\n\r\n{"at":"${address}"}`,
      }),
  };
}

const STATUSES = { 'DELETE /api/session': 204, 'GET /api/orders/17': 403 };
const text = (name: string): string =>
  part(name, HTMLElement).textContent.replaceAll(/\s+/g, ' ').trim();
const runs = (story: string): Promise<void> => {
  document.body.innerHTML = `<calls-in-turn data-story="${story}">
    <step-through><div data-part="picture"><p data-step="1" aria-current="step">recorded</p></div>
    <div data-part="table">recorded</div></step-through>
    <button type="button" data-part="run"></button><button type="button" data-part="cancel" hidden></button>
    <span data-part="progress" hidden><span data-part="progress-text"></span></span>
    <form data-part="form"><select name="user"><option>grace</option></select>
    <select name="address"><option>/api/orders/17</option></select><button></button></form>
    <div data-part="asked"></div><p data-part="status"></p></calls-in-turn>`;
  return vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
};

beforeEach(() => vi.mocked(currentPlace).mockResolvedValue(placeWith(STATUSES)));

test('the calls are made again, and the step that was looked at stays', async () => {
  await runs('shared-cache');
  part('run', HTMLButtonElement).click();
  await vi.waitFor(() => expect(text('status')).toMatch(/^Live on this machine/));
  expect(text('picture')).toContain('GET /api/cached?run=');
  expect(text('table')).toContain('The function greets her');
  expect(document.querySelector('[aria-current]')?.textContent).toContain('Ada');
});

test('one can ask as somebody, and is told who refused', async () => {
  await runs('claimed-identity');
  part('form', HTMLFormElement).requestSubmit();
  await vi.waitFor(() => expect(text('status')).toContain('403, still at the door'));
  expect(text('asked')).toContain('HTTP/1.1 403 said');
  expect(text('picture')).toBe('recorded');
});

test('an answer that the story does not tell leaves the recorded calls, and says what came', async () => {
  await runs('too-late');
  part('run', HTMLButtonElement).click();
  await vi.waitFor(() =>
    expect(text('status')).toContain('POST /api/late: expected 504, found HTTP/1.1 200 said'),
  );
  expect(text('picture')).toBe('recorded');
});

test('a limit that a busy machine met is no other end of the story', async () => {
  vi.mocked(currentPlace).mockResolvedValue(placeWith({ 'GET /api/late': 504 }));
  await runs('too-late');
  part('run', HTMLButtonElement).click();
  await vi.waitFor(() => expect(text('status')).toContain('too slow'));
  expect(text('status')).not.toContain('expected');
  expect(text('picture')).toBe('recorded');
});

test('a place without a front door says why the recorded calls stand', async () => {
  const { missing, call } = placeWith({});
  vi.mocked(currentPlace).mockResolvedValue({ name: 'tab', missing, call });
  await runs('shared-cache');
  part('run', HTMLButtonElement).click();
  await vi.waitFor(() => expect(text('status')).toContain('This tab has no front door'));
  expect(text('picture')).toBe('recorded');
});
