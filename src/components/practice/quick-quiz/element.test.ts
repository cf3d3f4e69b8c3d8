// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { joined } from '#src/progress/join.ts';
import { progress } from '../../../progress/store.ts';
import { readProgressFile, writeProgressFile } from '../../../progress/transfer.ts';
import { everythingIsInView } from '../../fixtures/figure.ts';
import './element.ts';

everythingIsInView();

const CONTROLS = `
  <div role="status" tabindex="-1" data-part="status"></div>
  <button data-part="check">Check</button>
  <p data-part="kept" hidden></p>`;

const option = (kind: string, text: string, correct: boolean, why: string): string => `
  <div data-part="option"><label><input type="${kind}" name="answer" data-part="choice"
    ><span>${text}</span></label>
    <p class="quiz-why" data-part="reason" data-correct="${String(correct)}">${why}</p></div>`;

const reason = (correct: boolean, why: string, accept: string[] = []): string => `
  <div data-part="reason" data-correct="${String(correct)}" data-accept='${JSON.stringify(accept)}'>
    <dt>x</dt><dd>${why}</dd></div>`;

async function choice(kind: 'single' | 'multiple', hash = 'aaaa'): Promise<HTMLElement> {
  const input = kind === 'single' ? 'radio' : 'checkbox';
  document.body.innerHTML = `
    <quick-quiz data-answer="one/q" data-kind="${kind}" data-hash="${hash}"><form data-part="form">
      <fieldset>${option(input, 'Red', false, 'Red is <em>not</em>.')}
        ${option(input, 'Green', true, 'Green is.')}
        ${option(input, 'Blue', kind === 'multiple', 'Blue depends.')}</fieldset>
      ${CONTROLS}
    </form></quick-quiz>`;
  await vi.dynamicImportSettled();
  return document.querySelector('quick-quiz') as HTMLElement;
}

async function short(): Promise<HTMLElement> {
  document.body.innerHTML = `
    <quick-quiz data-answer="one/s" data-kind="short" data-hash="aaaa"><form data-part="form">
      <label><input data-part="typed"></label>
      ${CONTROLS}
      <p data-part="model" hidden>A full answer.</p>
      <div data-part="judge" hidden><button type="button" data-part="same">Yes</button>
        <button type="button" data-part="other">No</button></div>
      <dl>${reason(true, 'It starts from nothing.', ['cold start'])}${reason(false, 'That one was ready.', ['/warm/'])}
        <div data-part="otherwise"><dt>x</dt><dd>Compare with the full answer.</dd></div></dl>
    </form></quick-quiz>`;
  await vi.dynamicImportSettled();
  return document.querySelector('quick-quiz') as HTMLElement;
}

async function number(): Promise<HTMLElement> {
  const amount = (value: string, correct: boolean, why: string): string => `
    <div data-part="reason" data-correct="${String(correct)}" data-amount="${value}"><dt>x</dt><dd>${why}</dd></div>`;
  document.body.innerHTML = `
    <quick-quiz data-answer="one/n" data-kind="number" data-hash="aaaa" data-unit="USD"
      data-tolerance="0.02"><form data-part="form">
      <label><input data-part="typed"></label>
      ${CONTROLS}
      <p data-part="model" hidden>3.6 USD.</p>
      <dl>${amount('3.6', true, 'Both lines.')}${amount('0.6', false, 'You left the time out.')}
        <div data-part="otherwise"><dt>x</dt><dd>Two lines.</dd></div></dl>
    </form></quick-quiz>`;
  await vi.dynamicImportSettled();
  return document.querySelector('quick-quiz') as HTMLElement;
}

const part = <T extends HTMLElement = HTMLElement>(name: string): T =>
  document.querySelector<T>(`[data-part="${name}"]`) as T;
const press = async (name: string): Promise<void> => {
  part<HTMLButtonElement>(name).click();
  await vi.dynamicImportSettled();
};
const pick = (...indexes: number[]): void =>
  document.querySelectorAll<HTMLInputElement>('[data-part="choice"]').forEach((input, index) => {
    input.checked = indexes.includes(index);
  });
const said = (): string =>
  [...part('status').children].map(({ textContent }) => textContent).join(' ');
const reasons = (): string[] =>
  [...document.querySelectorAll('.quiz-why[data-sign]')].map(({ textContent }) => textContent);
const kept = (id: string) => progress().get('answer', id);
const write = (text: string): void => {
  part<HTMLInputElement>('typed').value = text;
};

beforeEach(() => progress().erase());

describe('a question with one answer', () => {
  it('asks for a choice before it checks', async () => {
    await choice('single');
    await press('check');
    expect(said()).toBe('Choose an answer first.');
    expect(kept('one/q')).toBeUndefined();
  });

  it('explains a wrong choice without giving the right one away, and can be tried again', async () => {
    const quiz = await choice('single');
    pick(0);
    await press('check');
    expect(said()).toMatch(/^Not quite/);
    expect(reasons()).toEqual(['Not this. Red is not.']);
    expect(document.activeElement).toBe(part('again'));
    expect(quiz.querySelector('[data-verdict="missed"]')).toBeNull();
    await press('again');
    expect(reasons()).toEqual([]);
    expect(said()).toBe('');
    expect(document.querySelector<HTMLInputElement>('input')?.disabled).toBe(false);
  });

  it('explains every option after the right choice', async () => {
    await choice('single');
    pick(1);
    await press('check');
    expect(said()).toBe('Right.');
    expect(reasons()).toEqual([
      'Rightly left out. Red is not.',
      'Right. Green is.',
      'Rightly left out. Blue depends.',
    ]);
    expect(document.activeElement).toBe(part('status'));
  });

  it('can be answered again after the right answer, and the last answer is kept', async () => {
    await choice('single');
    pick(1);
    await press('check');
    await press('again');
    expect(reasons()).toEqual([]);
    pick(0);
    await press('check');
    expect(kept('one/q')?.correct).toBe(false);
  });

  it('shows the answer on request, marked as missed', async () => {
    const quiz = await choice('single');
    pick(0);
    await press('check');
    await press('reveal');
    expect(quiz.querySelector('[data-verdict="missed"]')?.textContent).toContain('Green');
    expect(reasons()).toHaveLength(3);
    expect(part('reveal').hidden).toBe(true);
  });
});

describe('a question with several answers', () => {
  it('says that something is missing, not what', async () => {
    await choice('multiple');
    pick(1);
    await press('check');
    expect(said()).toMatch(/something is missing/);
    expect(reasons()).toEqual(['Right. Green is.']);
  });
});

describe('a question to write an answer to', () => {
  it('takes a lenient match as right, and shows a full answer beside it', async () => {
    await short();
    write(' Cold start. ');
    await press('check');
    expect(said()).toBe('Right. It starts from nothing.');
    expect(part('model').hidden).toBe(false);
    expect(kept('one/s')).toMatchObject({ given: ['Cold start.'], correct: true });
  });

  it('explains a mistake that the author expected', async () => {
    await short();
    write('a warm start');
    await press('check');
    expect(said()).toBe('Not quite. That one was ready.');
    expect(part('model').hidden).toBe(true);
  });

  it('lets the reader judge what it does not know, and keeps the judgement', async () => {
    await short();
    write('the first call takes longer');
    await press('check');
    expect(said()).toBe(
      'This page cannot tell whether that is right. Compare with the full answer.',
    );
    await press('reveal');
    expect(part('model').hidden).toBe(false);
    await press('same');
    expect(kept('one/s')?.correct).toBe(true);
    await short();
    expect(part<HTMLInputElement>('typed').value).toBe('the first call takes longer');
    expect(said()).toBe('Counted as right.');
    expect(part('again').hidden).toBe(false);
  });

  it('is not right when the reader says that it is not', async () => {
    await short();
    write('luck');
    await press('check');
    await press('reveal');
    await press('other');
    expect(kept('one/s')?.correct).toBe(false);
    expect(part('again').hidden).toBe(false);
  });
});

describe('a number to work out', () => {
  it.each([
    ['3.60', 'Right. Both lines.', true],
    ['$ 3,61', 'Right. Both lines.', true],
    ['0.6', 'Not quite. You left the time out.', false],
    ['36', 'Not quite. Two lines.', false],
  ])('%s: %s', async (typed, feedback, correct) => {
    await number();
    write(typed);
    await press('check');
    expect(said()).toBe(feedback);
    expect(part('model').hidden).toBe(true);
    expect(kept('one/n')).toMatchObject({ given: [typed], said: `${typed} USD`, correct });
  });

  it('asks for a number when there is none', async () => {
    await number();
    write('a few dollars');
    await press('check');
    expect(said()).toMatch(/^Write a number first.*cannot read “a few dollars”/);
    expect(kept('one/n')).toBeUndefined();
  });

  it('shows the answer on request, is kept, and goes through a file', async () => {
    await number();
    write('0.6');
    await press('check');
    await press('reveal');
    expect(part('model').hidden).toBe(false);
    const file = readProgressFile(writeProgressFile(progress().all(), new Date()));
    progress().erase();
    if ('records' in file) progress().merge(file.records, joined);
    await number();
    expect(part<HTMLInputElement>('typed').value).toBe('0.6');
    expect(said()).toBe('Not quite. You left the time out.');
  });
});

describe('an answer is kept', () => {
  it('and shown again with its reasons on the next visit', async () => {
    await choice('single');
    pick(0);
    await press('check');
    expect(kept('one/q')).toMatchObject({
      hash: 'aaaa',
      given: ['0'],
      said: 'Red',
      correct: false,
    });
    await choice('single');
    expect(document.querySelector<HTMLInputElement>('input')?.checked).toBe(true);
    expect(reasons()).toEqual(['Not this. Red is not.']);
  });

  it('and a changed question asks again, telling what was answered before', async () => {
    await choice('single');
    pick(0);
    await press('check');
    await choice('single', 'bbbb');
    expect(document.querySelector<HTMLInputElement>('input')?.checked).toBe(false);
    expect(reasons()).toEqual([]);
    expect(part('kept').textContent).toMatch(/has changed since .*“Red”/);
  });
});
