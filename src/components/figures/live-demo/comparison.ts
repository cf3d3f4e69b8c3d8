/** A prediction laid beside what was observed. Loaded with the first run. */

import { agrees } from '#src/demo/receipt/observation.ts';

/** Marks each choice as what it turned out to be: `right`, `wrong`, `missed`, or nothing. */
export function markGuesses(guesses: readonly HTMLInputElement[], observed: string): void {
  const choices = guesses.filter(({ type }) => type === 'radio');
  // When no choice says what was observed there is nothing to judge.
  const isJudged = choices.some(({ value }) => agrees(value, observed));
  for (const { value, checked, labels } of choices) {
    const verdict = isJudged ? verdictOn(checked, agrees(value, observed)) : undefined;
    for (const label of labels ?? []) {
      if (verdict === undefined) delete label.dataset['verdict'];
      else label.dataset['verdict'] = verdict;
    }
  }
}

function verdictOn(isChosen: boolean, isRight: boolean): string | undefined {
  if (isRight) return isChosen ? 'right' : 'missed';
  return isChosen ? 'wrong' : undefined;
}
