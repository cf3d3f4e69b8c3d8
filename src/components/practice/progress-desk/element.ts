/** Shows progress as it is, saves it to a file, takes it from one, and erases it after a question. */

import { labState, lessonState, readQuestions } from '../../../progress/lesson-state.ts';
import type { AnyRecord, RecordKey } from '../../../progress/records.ts';
import { joined } from '../../../progress/join.ts';
import { progress } from '../../../progress/store.ts';
import {
  progressFileName,
  readProgressFile,
  writeProgressFile,
} from '../../../progress/transfer.ts';
import { CourseElement } from '../../element.ts';
import { inventory, keepingWords, labWords, stateWords } from './words.ts';

type RecordMap = ReadonlyMap<RecordKey, AnyRecord>;

export class ProgressDesk extends CourseElement {
  /** Read from a file, while the reader decides what to do with it. */
  #imported: RecordMap = new Map();

  protected connected(): void {
    const on = (part: string, act: () => void): void =>
      this.find(part, HTMLElement).addEventListener('click', act, { signal: this.signal });
    on('export', () => this.#export());
    on('merge', () => this.#take(false));
    on('replace', () => this.#take(true));
    on('leave', () => this.#ask('question', false));
    on('erase', () => this.#askToErase());
    on('erase-now', () => this.#erase());
    on('keep', () => this.#ask('confirm', false));
    const input = this.find('import', HTMLInputElement);
    input.addEventListener('change', () => void this.#import(input), { signal: this.signal });
    progress().addEventListener('change', () => this.#show(), { signal: this.signal });
    this.#show();
  }

  #show(): void {
    const store = progress();
    for (const row of this.findAll('lesson', HTMLElement)) {
      const questions = readQuestions(row.dataset['questions'] ?? '');
      const state = lessonState(store, row.dataset['lesson'] ?? '', questions);
      row.dataset['progress'] = state.state;
      const words = row.querySelector('[data-part="state"]');
      if (words) words.textContent = stateWords(state);
    }
    for (const row of this.findAll('checkpoint', HTMLElement)) {
      const state = labState(store, row.dataset['lab'] ?? '');
      row.dataset['progress'] = state;
      const words = row.querySelector('[data-part="state"]');
      if (words) words.textContent = labWords(state);
    }
    const words = keepingWords(store.keeping);
    const keeping = this.find('keeping', HTMLElement);
    keeping.hidden = words === undefined;
    keeping.textContent = words ?? '';
  }

  #export(): void {
    const records = progress().all();
    const now = new Date();
    const url = URL.createObjectURL(
      new Blob([writeProgressFile(records, now)], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = progressFileName(now);
    link.click();
    URL.revokeObjectURL(url);
    this.#say(`Exported ${inventory(records.keys())} to ${link.download}.`);
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    const read = readProgressFile(await file.text());
    // The same file can be chosen again after it was mended.
    input.value = '';
    if ('problem' in read) {
      this.#ask('question', false);
      this.#say(read.problem);
      return;
    }
    this.#imported = read.records;
    if (progress().all().size === 0) {
      this.#take(false);
      return;
    }
    this.find('found', HTMLElement).textContent =
      `The file holds ${inventory(read.records.keys())}; here there are ${inventory(progress().all().keys())}. When both know the same question, the later answer stays if you add, and the file’s if you replace.`;
    this.#say('');
    this.#ask('question', true);
    this.find('merge', HTMLButtonElement).focus();
  }

  #take(replace: boolean): void {
    if (replace) progress().erase();
    progress().merge(this.#imported, joined);
    this.#ask('question', false);
    this.#say(`Imported ${inventory(this.#imported.keys())}.`);
  }

  #askToErase(): void {
    const records = progress().all();
    if (records.size === 0) {
      this.#say('There is nothing to erase.');
      return;
    }
    this.find('loss', HTMLElement).textContent =
      `This erases ${inventory(records.keys())} from this browser, for good. Export first if you may want them again.`;
    this.#ask('confirm', true);
    this.find('keep', HTMLButtonElement).focus();
  }

  #erase(): void {
    progress().erase();
    this.#ask('confirm', false);
    this.#say('Everything is erased.');
  }

  #ask(part: 'question' | 'confirm', open: boolean): void {
    this.find(part, HTMLElement).hidden = !open;
    if (open) return;
    this.find(part === 'question' ? 'import' : 'erase', HTMLElement).focus();
  }

  #say(text: string): void {
    this.find('status', HTMLElement).textContent = text;
  }
}

customElements.define('progress-desk', ProgressDesk);
