/** What can be pressed after a wrong answer. Nobody needs it before, so the server does not write it. */

import type { QuestionParts } from './parts.ts';

/** Buttons that the script adds. */
export interface LaterControls {
  readonly again: HTMLButtonElement;
  readonly reveal: HTMLButtonElement;
}

/** Puts them after the button that checks, hidden. */
export function laterControls({ check, kind }: QuestionParts): LaterControls {
  const again = control('again', 'Try again');
  const reveal = control('reveal', kind === 'short' ? 'Show a full answer' : 'Show the answer');
  reveal.dataset['kind'] = 'quiet';
  check.after(again, reveal);
  return { again, reveal };
}

function control(part: string, words: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.hidden = true;
  button.dataset['part'] = part;
  button.textContent = words;
  return button;
}
