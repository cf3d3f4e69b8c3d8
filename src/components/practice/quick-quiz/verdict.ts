/** What an answer to a question is worth, apart from any page. */

/** How one option did: `missed` is right and was not chosen. */
export type OptionVerdict = 'right' | 'wrong' | 'missed' | 'left';

/** What a choice of options is worth. */
export interface Verdict {
  readonly correct: boolean;
  /** One sentence for the live region. It does not give away what is still to be found. */
  readonly summary: string;
  readonly options: readonly OptionVerdict[];
}

/** @param chosen numbers of the chosen options, at least one */
export function judgeChoice(correct: readonly boolean[], chosen: ReadonlySet<number>): Verdict {
  const options = correct.map((isRight, index): OptionVerdict => {
    if (chosen.has(index)) return isRight ? 'right' : 'wrong';
    return isRight ? 'missed' : 'left';
  });
  const count = (verdict: OptionVerdict): number =>
    options.filter((option) => option === verdict).length;
  const [wrong, missed] = [count('wrong'), count('missed')];
  return {
    correct: wrong === 0 && missed === 0,
    summary: summarize(count('right'), wrong, missed),
    options,
  };
}

function summarize(right: number, wrong: number, missed: number): string {
  if (wrong === 0 && missed === 0) return 'Right.';
  if (right === 0) return 'Not quite. Read why, and try again.';
  if (wrong === 0) return 'Right as far as it goes, but something is missing.';
  const chosen = `${String(right)} of your ${String(right + wrong)} choices`;
  return missed === 0
    ? `Partly right: ${chosen}.`
    : `Partly right: ${chosen}, and something is missing.`;
}
