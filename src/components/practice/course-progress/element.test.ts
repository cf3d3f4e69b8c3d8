// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { progress } from '../../../progress/store.ts';
import './element.ts';

const at = '2026-11-23T08:00:00.000Z';
const rows = (): (string | undefined)[] =>
  ['one', 'two'].map(
    (slug) => document.querySelector<HTMLElement>(`[data-lesson="${slug}"]`)?.dataset['progress'],
  );
const readTo = (slug: string): void =>
  progress().set('place', slug, { at, heading: 'x', end: true });
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  progress().erase();
  fetched.mockReset();
  fetched.mockImplementation(() => Promise.resolve(Response.json({ one: 'q:aaaa', two: '' })));
  vi.stubGlobal('fetch', fetched);
  document.body.innerHTML = `<course-progress data-questions="/questions.json">
    <ol><li data-lesson="one"></li><li data-lesson="two"></li><li></li></ol></course-progress>`;
});

describe('a list of lessons', () => {
  it('shows what is done and what is started, as it changes', async () => {
    expect(rows()).toEqual([undefined, undefined]);
    readTo('one');
    readTo('two');
    await vi.waitFor(() => expect(rows()).toEqual(['started', 'done']));
    progress().set('answer', 'one/q', {
      hash: 'aaaa',
      at,
      given: ['0'],
      said: 'a',
      correct: false,
    });
    await vi.waitFor(() => expect(rows()).toEqual(['done', 'done']));
    progress().erase();
    await vi.waitFor(() => expect(rows()).toEqual([undefined, undefined]));
  });

  it('marks a second sitting that is done as well', async () => {
    fetched.mockImplementation(() => Promise.resolve(Response.json({ one: '|', two: 'q:aaaa |' })));
    readTo('one');
    readTo('two');
    const marked = () => document.querySelectorAll('[data-second-done]').length;
    await vi.waitFor(() => expect(rows()).toEqual(['done', 'started']));
    expect(marked()).toBe(2);
  });

  it('asks for the questions once, and only of a reader who has done something', async () => {
    expect(fetched).not.toHaveBeenCalled();
    readTo('one');
    readTo('two');
    await vi.waitFor(() => expect(rows()).toEqual(['started', 'done']));
    expect(fetched.mock.calls).toEqual([['/questions.json']]);
  });

  it('says nothing when they do not come, and asks again at the next change', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    readTo('one');
    await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce());
    await Promise.resolve();
    expect(rows()).toEqual([undefined, undefined]);
    readTo('two');
    await vi.waitFor(() => expect(rows()).toEqual(['started', 'done']));
  });
});
