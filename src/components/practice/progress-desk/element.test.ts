// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerRecord } from '../../../progress/records.ts';
import { progress } from '../../../progress/store.ts';
import { writeProgressFile } from '../../../progress/transfer.ts';
import './element.ts';
import { inventory, stateWords } from './words.ts';

const BUTTONS = ['export', 'merge', 'replace', 'leave', 'erase', 'erase-now', 'keep'];
const answer = (said: string, at = '2026-11-23T08:00:00.000Z'): AnswerRecord => ({
  hash: 'aaaa',
  at,
  given: ['0'],
  said,
  correct: true,
});
const part = <T extends HTMLElement = HTMLElement>(name: string): T =>
  document.querySelector<T>(`[data-part="${name}"]`) as T;
const said = (): string => part('status').textContent;

beforeEach(() => {
  progress().erase();
  document.body.innerHTML = `<progress-desk>
    <p data-part="keeping" hidden></p>
    <ol><li data-part="lesson" data-lesson="one" data-questions="q:aaaa r:bbbb"><span data-part="state"></span></li></ol>
    <input type="file" data-part="import">
    <div data-part="question" hidden><p data-part="found"></p></div>
    <div data-part="confirm" hidden><p data-part="loss"></p></div>
    ${BUTTONS.map((name) => `<button data-part="${name}"></button>`).join('')}
    <p data-part="status"></p></progress-desk>`;
});

/** As the reader chooses a file; resolves when it has been read. */
async function choose(text: string): Promise<void> {
  const input = part<HTMLInputElement>('import');
  const file = new File([text], 'progress.json');
  file.text = () => Promise.resolve(text);
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
  await Promise.resolve();
  await Promise.resolve();
}
const exported = (said: string, at?: string): string =>
  writeProgressFile(new Map([['answer:one/q' as const, answer(said, at)]]), new Date());

describe('the desk', () => {
  it('tells how far each lesson is, as it changes', () => {
    expect(part('state').textContent).toBe('not started');
    progress().set('answer', 'one/q', answer('a'));
    expect(part('state').textContent).toBe('started · 1 of 2 questions answered');
  });

  it('exports what there is to a file', () => {
    progress().set('answer', 'one/q', answer('a'));
    const blobs: Blob[] = [];
    URL.createObjectURL = (blob) => {
      blobs.push(blob as Blob);
      return 'blob:test';
    };
    URL.revokeObjectURL = () => undefined;
    const click = vi
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => undefined);
    part('export').click();
    expect(click).toHaveBeenCalledOnce();
    expect(blobs[0]?.type).toBe('application/json');
    expect(said()).toMatch(/^Exported 1 answer to scale-to-zero-progress-\d{4}-\d\d-\d\d\.json\.$/);
  });

  it('imports at once where nothing is lost by it', async () => {
    await choose(exported('theirs'));
    expect(progress().get('answer', 'one/q')?.said).toBe('theirs');
    expect(said()).toBe('Imported 1 answer.');
  });

  it('asks first where there is something already, and adds or replaces as told', async () => {
    progress().set('answer', 'one/q', answer('mine', '2026-11-24T00:00:00Z'));
    progress().set('answer', 'one/r', answer('mine'));
    await choose(exported('theirs'));
    expect(part('question').hidden).toBe(false);
    expect(part('found').textContent).toContain(
      'The file holds 1 answer; here there are 2 answers.',
    );
    part('merge').click();
    expect(progress().get('answer', 'one/q')?.said).toBe('mine');
    await choose(exported('theirs'));
    part('replace').click();
    expect([...progress().all().keys()]).toEqual(['answer:one/q']);
    expect(progress().get('answer', 'one/q')?.said).toBe('theirs');
    expect(part('question').hidden).toBe(true);
  });

  it('leaves everything as it was when the reader cancels, or the file is faulty', async () => {
    progress().set('answer', 'one/q', answer('mine'));
    await choose(exported('theirs', '2027-01-01T00:00:00Z'));
    part('leave').click();
    expect(progress().get('answer', 'one/q')?.said).toBe('mine');
    await choose('{}');
    expect(said()).toMatch(/something else than progress/);
    expect(progress().get('answer', 'one/q')?.said).toBe('mine');
  });

  it('erases only after a question that says what is lost', () => {
    part('erase').click();
    expect(said()).toBe('There is nothing to erase.');
    progress().set('answer', 'one/q', answer('mine'));
    part('erase').click();
    expect(part('loss').textContent).toContain('This erases 1 answer from this browser');
    expect(document.activeElement).toBe(part('keep'));
    part('keep').click();
    expect(progress().all().size).toBe(1);
    part('erase').click();
    part('erase-now').click();
    expect(progress().all().size).toBe(0);
    expect(said()).toBe('Everything is erased.');
  });
});

describe('progress in words', () => {
  it('counts what there is', () => {
    expect(inventory([])).toBe('nothing');
    expect(inventory(['answer:a/b', 'answer:a/c', 'prediction:a/d', 'place:a', 'lab:a/e'])).toBe(
      '2 answers, 1 prediction, 1 place and 1 lab',
    );
  });

  it('tells a lesson without questions only started or done', () => {
    const none = { answered: 0, correct: 0, questions: 0, second: null, labs: null };
    expect(stateWords({ state: 'done', ...none })).toBe('done');
    const counted = { answered: 2, correct: 1, questions: 2 };
    expect(stateWords({ state: 'done', ...counted, second: 'open', labs: 'open' })).toBe(
      'done · 1 of 2 answers right',
    );
    expect(stateWords({ state: 'done', ...counted, second: null, labs: 'assembled' })).toBe(
      'done · 1 of 2 answers right · lab done, from given lines',
    );
    expect(stateWords({ state: 'done', ...none, second: 'done' })).toBe(
      'done · second sitting done',
    );
  });
});
