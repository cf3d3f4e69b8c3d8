// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { progress } from '../../../progress/store.ts';
import './element.ts';

const at = '2026-11-23T08:00:00.000Z';
const row = (slug: string): string | undefined =>
  document.querySelector<HTMLElement>(`[data-lesson="${slug}"]`)?.dataset['progress'];

beforeEach(() => {
  progress().erase();
  document.body.innerHTML = `<course-progress data-lessons='{"one":"q:aaaa","two":""}'>
    <ol><li data-lesson="one"></li><li data-lesson="two"></li><li></li></ol></course-progress>`;
});

describe('a list of lessons', () => {
  it('shows what is done and what is started, as it changes', () => {
    expect([row('one'), row('two')]).toEqual([undefined, undefined]);
    progress().set('place', 'one', { at, heading: 'x', end: true });
    progress().set('place', 'two', { at, heading: 'x', end: true });
    expect([row('one'), row('two')]).toEqual(['started', 'done']);
    progress().set('answer', 'one/q', {
      hash: 'aaaa',
      at,
      given: ['0'],
      said: 'a',
      correct: false,
    });
    expect(row('one')).toBe('done');
    progress().erase();
    expect([row('one'), row('two')]).toEqual([undefined, undefined]);
  });
});
