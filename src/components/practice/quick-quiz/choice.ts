/** Options to choose from: reasons stand under the options that they are about. */

import { judgeChoice, type OptionVerdict, type Verdict } from './verdict.ts';
import type { ViewOf } from './view.ts';

/** A sign to see and a word for screen readers, since many readers cannot use colour alone. */
const SIGNS: Readonly<Record<OptionVerdict, readonly [sign: string, word: string]>> = {
  right: ['✓', 'Right.'],
  wrong: ['✗', 'Not this.'],
  missed: ['✓', 'This was right too.'],
  left: ['', 'Rightly left out.'],
};

export const choiceView: ViewOf = ({ options, choices, reasons }) => {
  const chosen = (): Set<number> =>
    new Set(choices.flatMap((choice, index) => (choice.checked ? [index] : [])));
  const judge = (): Verdict =>
    judgeChoice(
      reasons.map(({ dataset }) => dataset['correct'] === 'true'),
      chosen(),
    );
  const mark = (index: number, verdict: OptionVerdict): void => {
    const label = options[index]?.querySelector('label');
    const reason = reasons[index];
    if (!label || !reason || label.dataset['verdict'] !== undefined) return;
    label.dataset['verdict'] = verdict;
    const [sign, word] = SIGNS[verdict];
    const heard = document.createElement('span');
    heard.className = 'visually-hidden';
    heard.textContent = `${word} `;
    reason.dataset['sign'] = sign;
    reason.prepend(heard);
  };

  return {
    request: 'Choose an answer first.',
    given: () => [...chosen()].map(String),
    said: () =>
      [...chosen()]
        .map((index) => options[index]?.querySelector('label')?.textContent.trim())
        .join('; '),
    fill(given) {
      choices.forEach((choice, index) => (choice.checked = given.includes(String(index))));
    },
    check() {
      const verdict = judge();
      verdict.options.forEach((option, index) => {
        if (verdict.correct || option === 'right' || option === 'wrong') mark(index, option);
      });
      return { correct: verdict.correct, summary: verdict.summary, reasons: [] };
    },
    reveal() {
      judge().options.forEach((option, index) => mark(index, option));
    },
    clear() {
      for (const option of options) {
        option.querySelector('label')?.removeAttribute('data-verdict');
      }
      for (const reason of reasons) {
        if (reason.dataset['sign'] === undefined) continue;
        delete reason.dataset['sign'];
        reason.firstElementChild?.remove();
      }
    },
  };
};
