// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabRecord } from '../../../progress/records.ts';
import { progress } from '../../../progress/store.ts';
import './element.ts';

const at = '2026-11-23T08:00:00.000Z';
const rows = (): (string | undefined)[] =>
  ['one', 'two'].map(
    (slug) => document.querySelector<HTMLElement>(`[data-lesson="${slug}"]`)?.dataset['progress'],
  );
const marks = (): string[] =>
  [...document.querySelectorAll('[data-marks]')].map(({ textContent }) => textContent);
const attempt = (done: boolean): LabRecord => ({
  at,
  start: 'v1',
  code: 'mine',
  versions: [],
  passed: [],
  done,
  how: 'written',
});
const readTo = (slug: string): void =>
  progress().set('place', slug, { at, heading: 'x', end: true });
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  progress().erase();
  fetched.mockReset();
  fetched.mockImplementation(() => Promise.resolve(Response.json({ one: 'q:aaaa', two: '' })));
  vi.stubGlobal('fetch', fetched);
  document.body.innerHTML = `<course-progress data-questions="/questions.json">
    <ol><li data-lesson="one"><a></a></li><li data-lesson="two"><span data-marks="words"></span></li><li></li>
    <li data-checkpoint="end/end"><span data-marks="words"></span></li></ol></course-progress>`;
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
    await vi.waitFor(() => expect(rows()).toEqual(['done', 'started']));
    expect(marks()).toEqual(['✓✓done, second sitting done', 'started, second sitting done', '']);
  });

  it('marks a lab whose contract holds, by a sign that is read out in words', async () => {
    fetched.mockImplementation(() =>
      Promise.resolve(Response.json({ one: '@shout', two: '@a @b' })),
    );
    progress().set('lab', 'one/shout', attempt(false));
    await vi.waitFor(() => expect(marks()).toEqual(['started', '', '']));
    progress().set('lab', 'one/shout', attempt(true));
    progress().set('lab', 'two/a', attempt(true));
    await vi.waitFor(() => expect(marks()).toEqual(['labstarted, lab done', 'started', '']));
    progress().set('lab', 'two/b', attempt(true));
    readTo('two');
    await vi.waitFor(() => expect(marks()[1]).toBe('done, lab done'));
  });

  it('marks a checkpoint, which belongs to no lesson', async () => {
    progress().set('lab', 'end/end', attempt(false));
    await vi.waitFor(() => expect(marks()[2]).toBe('started'));
    progress().set('lab', 'end/end', attempt(true));
    await vi.waitFor(() => expect(marks()[2]).toBe('done'));
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
