/** A number to work out: compared with the answer, and with the wrong ones that the author foresaw. */

import { matchAmount, parseAmount } from './amount.ts';
import { reasonText, type QuizOutcome, type ViewOf } from './view.ts';

export const numberView: ViewOf = ({ typed, unit, reasons, otherwise, model, tolerance }) => {
  const text = (): string => typed?.value.trim() ?? '';
  const amount = (): number | undefined => parseAmount(text(), unit);
  const found = (): HTMLElement | undefined => {
    const expected = reasons.map(({ dataset }) => Number(dataset['amount']));
    const match = matchAmount(expected, amount() ?? NaN, tolerance);
    return match === undefined ? undefined : reasons[match];
  };
  const isRight = (): boolean => found()?.dataset['correct'] === 'true';

  return {
    get request() {
      const example = 'Write a number first, such as 12.50.';
      return text() === '' ? example : `${example} This page cannot read “${text()}” as one.`;
    },
    given: () => (amount() === undefined ? [] : [text()]),
    said: () => `${text()} ${unit}`.trim(),
    fill([first = '']) {
      if (typed) typed.value = first;
    },
    check(): QuizOutcome {
      const reason = found() ?? otherwise;
      return {
        correct: isRight(),
        summary: isRight() ? 'Right.' : 'Not quite.',
        reasons: reason ? reasonText(reason) : [],
      };
    },
    reveal() {
      // A right answer has shown its reason already.
      if (model) model.hidden = isRight();
    },
    clear() {
      if (model) model.hidden = true;
    },
  };
};
