/** Brings a question to life when it comes into view; at once when an answer is kept. */

import { progress } from '../../../progress/store.ts';
import { CourseElement } from '../../element.ts';
import type { QuestionParts } from './parts.ts';

export class QuickQuiz extends CourseElement {
  protected connected(): void {
    const { signal } = this;
    const open = async (): Promise<void> => {
      const { QuizSession } = await import('./session.ts');
      await QuizSession.open(this.#parts(), progress(), signal);
    };
    // A kept answer is put back before it is in view, so that nothing moves under the reader's eyes.
    if (progress().get('answer', this.dataset['answer'] ?? '') === undefined) this.whenSeen(open);
    else void this.loading(open);
  }

  #parts(): QuestionParts {
    const button = (part: string): HTMLButtonElement => this.find(part, HTMLButtonElement);
    return {
      form: this.find('form', HTMLFormElement),
      key: this.dataset['answer'] ?? '',
      hash: this.dataset['hash'] ?? '',
      kind: (this.dataset['kind'] ?? '') as QuestionParts['kind'],
      options: this.findAll('option', HTMLElement),
      choices: this.findAll('choice', HTMLInputElement),
      typed: this.findAll('typed', HTMLInputElement)[0],
      unit: this.dataset['unit'] ?? '',
      tolerance: Number(this.dataset['tolerance'] ?? 0),
      reasons: this.findAll('reason', HTMLElement),
      otherwise: this.findAll('otherwise', HTMLElement)[0],
      model: this.findAll('model', HTMLElement)[0],
      judge: this.findAll('judge', HTMLElement)[0],
      status: this.find('status', HTMLElement),
      kept: this.find('kept', HTMLElement),
      check: button('check'),
      same: this.findAll('same', HTMLButtonElement)[0],
      other: this.findAll('other', HTMLButtonElement)[0],
    };
  }
}

customElements.define('quick-quiz', QuickQuiz);
