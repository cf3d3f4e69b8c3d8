/** A line to write: compared leniently with the answers the author thought of, and else left to the reader. */

import { reasonText, type QuizOutcome, type ViewOf } from './view.ts';
import { matchAnswer, type ExpectedAnswer } from '#src/content/accepted-answer.ts';

export const typedView: ViewOf = ({ typed, reasons, otherwise, model }) => {
  const text = (): string => typed?.value.trim() ?? '';
  const expected = (): ExpectedAnswer[] =>
    reasons.map(({ dataset }) => ({
      accept: JSON.parse(dataset['accept'] ?? '[]') as string[],
      correct: dataset['correct'] === 'true',
    }));

  return {
    request: 'Write an answer first.',
    given: () => (text() === '' ? [] : [text()]),
    said: text,
    fill([first = '']) {
      if (typed) typed.value = first;
    },
    check(): QuizOutcome {
      const answers = expected();
      const match = matchAnswer(answers, text());
      const correct = match !== undefined && answers[match]?.correct === true;
      const reason = match === undefined ? otherwise : reasons[match];
      const summary = correct
        ? 'Right.'
        : match === undefined
          ? 'This page cannot tell whether that is right.'
          : 'Not quite.';
      return { correct, summary, reasons: reason ? reasonText(reason) : [] };
    },
    reveal() {
      if (model) model.hidden = false;
    },
    clear() {
      if (model) model.hidden = true;
    },
  };
};
