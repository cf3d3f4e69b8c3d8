/** What the element asks of each kind of question: options to choose from, a line or a number to write. */

import type { QuestionParts } from './parts.ts';

/** One kind of question: how it is read, judged and explained. */
export interface QuestionView {
  /** What to do before there is anything to check. */
  readonly request: string;
  /** Numbers of the chosen options, or the text typed; empty when there is nothing to check. */
  given(): readonly string[];
  /** The same in words. */
  said(): string;
  /** Puts a kept answer back into the controls. */
  fill(given: readonly string[]): void;
  /** Shows what the answer is worth, without giving away what is still to be found. */
  check(): QuizOutcome;
  /** Shows everything. */
  reveal(): void;
  /** Takes all feedback away, so that the reader can try again. */
  clear(): void;
}

/** What an answer is worth. */
export interface QuizOutcome {
  readonly correct: boolean;
  readonly summary: string;
  /** Reasons to lay under the summary; options carry their own. */
  readonly reasons: readonly Node[];
}

/** A reason as the server wrote it, copied so that the original stays for the next try. */
export function reasonText({ lastElementChild }: Element): Node[] {
  return [...(lastElementChild?.cloneNode(true).childNodes ?? [])];
}

/** Builds the view of one kind of question from its parts. */
export type ViewOf = (parts: QuestionParts) => QuestionView;
