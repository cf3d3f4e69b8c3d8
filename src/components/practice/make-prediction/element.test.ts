// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { progress } from '../../../progress/store.ts';
import './element.ts';

function page(guesses: string, hash = 'aaaa'): HTMLElement {
  document.body.innerHTML = `
    <make-prediction data-prediction="one/p" data-hash="${hash}"><form data-part="form">
      ${guesses}
      <p data-part="controls"><button>That is my guess</button></p>
      <p data-part="said"></p>
      <details data-part="answer"><summary>What happens</summary>It counts to ten.</details>
    </form></make-prediction>`;
  return document.querySelector('make-prediction') as HTMLElement;
}
const RADIOS = ['1…10', '10 × 1']
  .map((value) => `<input type="radio" name="guess" data-part="guess" value="${value}">`)
  .join('');
const said = (): string => document.querySelector('[data-part="said"]')?.textContent ?? '';
const details = (): HTMLDetailsElement => document.querySelector('details') as HTMLDetailsElement;
const submit = (): void => document.querySelector('button')?.click();

beforeEach(() => progress().erase());

describe('a prediction', () => {
  it('opens what happens only after a guess', () => {
    const element = page(RADIOS);
    submit();
    expect(said()).toMatch(/^Commit to something/);
    expect(details().open).toBe(false);
    element.querySelectorAll('input')[1]?.click();
    submit();
    expect(said()).toBe('You predicted: 10 × 1');
    expect(details().open).toBe(true);
    expect(element.querySelector('input')?.disabled).toBe(true);
    expect(document.activeElement?.localName).toBe('summary');
  });

  it('opens a figure that waits for the guess, now and on the next visit', () => {
    const figure = '<div data-answer-to="p"></div><p data-until-answer="p"></p>';
    const waiting = (): boolean[] => [
      document.querySelector('[data-answer-to][data-open]') === null,
      document.querySelector<HTMLElement>('[data-until-answer]')?.hidden === false,
    ];
    const open = (): void => {
      document.body.innerHTML = figure;
      const element = document.createElement('make-prediction');
      element.id = 'p';
      element.dataset['prediction'] = 'one/p';
      element.innerHTML = `<form data-part="form">${RADIOS}<p data-part="controls"><button></button></p><p data-part="said"></p><details data-part="answer"><summary></summary></details></form>`;
      document.body.append(element);
    };
    open();
    expect(waiting()).toEqual([true, true]);
    document.querySelector('input')?.click();
    submit();
    expect(waiting()).toEqual([false, false]);
    open();
    expect(waiting()).toEqual([false, false]);
  });

  it('is kept, and stands there on the next visit', () => {
    page(RADIOS).querySelector('input')?.click();
    submit();
    const again = page(RADIOS);
    expect(said()).toBe('You predicted: 1…10');
    expect(again.querySelector('input')?.checked).toBe(true);
    expect(again.dataset['guessed']).toBe('');
  });

  it('is asked for anew when the question has changed', () => {
    page(RADIOS).querySelector('input')?.click();
    submit();
    page(RADIOS, 'bbbb');
    expect(said()).toBe('');
    expect(details().open).toBe(false);
  });

  it('has a reason, which is answered and kept', async () => {
    const why = [{ reason: 'Each <code>one</code>.', feedback: 'Yes, <em>each</em>.' }];
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ideas: [], why })));
    const element = page(`<fieldset>${RADIOS}</fieldset>`);
    element.dataset['help'] = '/help.json';
    element.querySelector('input')?.click();
    const reason = await vi.waitFor(() => {
      const found = element.querySelector<HTMLInputElement>('[role="status"] input');
      if (found === null) throw new Error('not asked yet');
      return found;
    });
    reason.click();
    submit();
    expect(said()).toBe('You predicted: 1…10. Your reason: “Each one.” Yes, each.');
    expect(progress().get('prediction', 'one/p')).toMatchObject({ said: '1…10', why: 'Each one.' });
    expect(reason.disabled).toBe(true);
    page(RADIOS);
    expect(said()).toBe('You predicted: 1…10. Your reason: “Each one.”');
    vi.unstubAllGlobals();
  });

  it('may be written in the reader’s own words', () => {
    page('<input type="text" data-part="guess" value="  five ">');
    submit();
    expect(progress().get('prediction', 'one/p')?.said).toBe('five');
  });
});
