/**
 * A reader before one question. What was chosen is explained at once; the rest after the right answer,
 * or on request. It can be answered again at any time, and the last answer is kept. All reasons are the server's: none is written here.
 */

import type { ProgressStore } from '../../../progress/store.ts';
import { choiceView } from './choice.ts';
import { laterControls, type LaterControls } from './controls.ts';
import { earlierNote, keepingNote } from './kept.ts';
import type { QuestionParts } from './parts.ts';
import type { QuestionView, ViewOf } from './view.ts';

/** Most questions are chosen from; what reads a written answer is loaded with the first that is written. */
async function viewOf(kind: QuestionParts['kind']): Promise<ViewOf> {
  if (kind === 'short') return (await import('./typed.ts')).typedView;
  if (kind === 'number') return (await import('./number.ts')).numberView;
  return choiceView;
}

export class QuizSession {
  readonly #parts: QuestionParts & LaterControls;
  readonly #view: QuestionView;
  readonly #store: ProgressStore;

  /** Restores a kept answer, and listens until `signal` ends. */
  static async open(parts: QuestionParts, store: ProgressStore, signal: AbortSignal) {
    const view = await viewOf(parts.kind);
    return new QuizSession(parts, view(parts), store, signal);
  }

  private constructor(
    parts: QuestionParts,
    view: QuestionView,
    store: ProgressStore,
    signal: AbortSignal,
  ) {
    this.#parts = { ...parts, ...laterControls(parts) };
    this.#view = view;
    this.#store = store;
    const submit = (event: Event): void => {
      event.preventDefault();
      this.#check();
    };
    parts.form.addEventListener('submit', submit, { signal });
    const on = (button: HTMLButtonElement | undefined, act: () => void): void =>
      button?.addEventListener('click', act, { signal });
    on(this.#parts.again, () => this.#ask());
    on(this.#parts.reveal, () => this.#reveal());
    on(parts.same, () => this.#settle(true));
    on(parts.other, () => this.#settle(false));
    this.#restore();
  }

  #check(): void {
    if (this.#view.given().length === 0) {
      this.#say(this.#view.request);
      return;
    }
    const correct = this.#show();
    this.#keep(correct);
    if (correct) this.#parts.status.focus();
    else this.#parts.again.focus();
  }

  /** @returns whether the answer is right */
  #show(): boolean {
    const { correct, summary, reasons } = this.#view.check();
    this.#say(summary, ...reasons);
    this.#freeze(true);
    this.#offer({ again: true, reveal: !correct });
    if (correct) this.#view.reveal();
    return correct;
  }

  #reveal(): void {
    const { judge, same, again } = this.#parts;
    this.#view.reveal();
    this.#offer({ again: true, judge: true });
    (judge ? same : again)?.focus();
  }

  /** The reader has laid their own words beside the full answer. */
  #settle(correct: boolean): void {
    this.#say(correct ? 'Counted as right.' : 'Good that you looked. Say it in your own words.');
    this.#offer({ again: true });
    this.#keep(correct);
    if (correct) this.#parts.status.focus();
    else this.#parts.again.focus();
  }

  #ask(): void {
    this.#view.clear();
    this.#say('');
    this.#freeze(false);
    this.#offer({ check: true });
    (this.#parts.typed ?? this.#parts.choices[0])?.focus();
  }

  #restore(): void {
    const kept = this.#store.get('answer', this.#parts.key);
    if (kept === undefined) return;
    if (kept.hash !== this.#parts.hash) {
      this.#note(earlierNote(kept));
      return;
    }
    this.#view.fill(kept.given);
    if (this.#show() === kept.correct) return;
    // Judged by the reader: nothing of it can be worked out again.
    this.#say('Counted as right.');
    this.#view.reveal();
    this.#offer({ again: true });
  }

  #keep(correct: boolean): void {
    this.#store.set('answer', this.#parts.key, {
      hash: this.#parts.hash,
      at: new Date().toISOString(),
      given: this.#view.given(),
      said: this.#view.said(),
      correct,
    });
    this.#note(keepingNote(this.#store.keeping));
  }

  /** Shows the named controls and hides the others. */
  #offer(shown: { check?: true; again?: boolean; reveal?: boolean; judge?: true }): void {
    const { check, again, reveal, judge } = this.#parts;
    check.hidden = shown.check !== true;
    again.hidden = shown.again !== true;
    reveal.hidden = shown.reveal !== true;
    if (judge) judge.hidden = shown.judge !== true;
  }

  #say(text: string, ...reasons: readonly Node[]): void {
    const lines = [[text], reasons].filter((line) => line.length > 0 && line[0] !== '');
    this.#parts.status.replaceChildren(
      ...lines.map((line) => {
        const paragraph = document.createElement('p');
        paragraph.append(...line);
        return paragraph;
      }),
    );
  }

  #note(text: string | undefined): void {
    this.#parts.kept.hidden = text === undefined;
    this.#parts.kept.textContent = text ?? '';
  }

  #freeze(isFrozen: boolean): void {
    const { choices, typed } = this.#parts;
    for (const input of typed ? [typed] : choices) input.disabled = isFrozen;
  }
}
