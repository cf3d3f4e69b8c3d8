// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { progress } from '../progress/store.ts';
import { Question } from './question.ts';

function page(hash = 'aaaa'): Question {
  document.body.innerHTML = `<div id="one" data-prediction="lesson/one" data-hash="${hash}"></div>
    <p data-answer-to="one">It was 1.</p><p data-until-answer="one">Guess.</p>
    <p data-answer-to="two">It was 2.</p><p data-until-answer="two">Guess.</p>`;
  return new Question(document.getElementById('one') as HTMLElement);
}
const open = (): (string | null)[] =>
  [...document.querySelectorAll('[data-answer-to][data-open]')].map((one) => one.textContent);
const notes = (): (boolean | string)[] =>
  [...document.querySelectorAll<HTMLElement>('[data-until-answer]')].map(({ hidden }) => hidden);

beforeEach(() => progress().erase());

describe('a question', () => {
  it('opens what answers it and nothing else, and takes away what stood in its place', () => {
    const question = page();
    expect(question.isOpen).toBe(false);
    question.open();
    expect(question.isOpen).toBe(true);
    expect(open()).toEqual(['It was 1.']);
    expect(notes()).toEqual([true, false]);
  });

  it('can leave its explanation closed until the reader has said what they saw', () => {
    const question = page();
    document
      .querySelector('p')
      ?.insertAdjacentHTML(
        'afterend',
        '<p data-answer-to="one" data-explains>So.</p><p data-until-answer="one" data-explains>Say.</p>',
      );
    question.open('result');
    expect(open()).toEqual(['It was 1.']);
    expect(notes()).toEqual([false, true, false]);
    question.open();
    expect(open()).toEqual(['It was 1.', 'So.']);
    expect(notes()).toEqual([true, true, false]);
  });

  it('keeps a reason with the prediction, and once what was seen', () => {
    page().keepSeen('1');
    expect(progress().get('prediction', 'lesson/one')).toBeUndefined();
    page().keep('10', 'Because.');
    page().keepSeen('1');
    page().keepSeen('2');
    expect(page().why).toBe('Because.');
    expect(progress().get('prediction', 'lesson/one')).toMatchObject({ said: '10', saw: '1' });
  });

  it('keeps the first prediction: what is said later is said knowing the answer', () => {
    page().keep('10');
    page().keep('1');
    expect(page().said).toBe('10');
  });

  it('keeps that the reader declined', () => {
    page().keep('');
    expect(page().said).toBe('');
  });

  it('has no prediction when its wording has changed, and takes a new one', () => {
    page().keep('10');
    const changed = page('bbbb');
    expect(changed.said).toBeUndefined();
    changed.keep('1');
    expect(page('bbbb').said).toBe('1');
  });
});
