/**
 * "What did you see?": asked once, after the first run and before the text explains it, since what is
 * seen is often what was expected. One press answers.
 */

import { html } from '#src/components/markup.ts';

/** Whoever saw none of the options, or did not look. */
const SOMETHING_ELSE = 'something else';

/**
 * Shows the question.
 *
 * @param place after which it stands @param options of the prediction
 * @returns what was said, once; never when `signal` ends before
 */
export function askWhatWasSeen(
  place: Element,
  options: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const group = document.createElement('fieldset');
  group.className = 'choices';
  group.dataset['part'] = 'seen';
  const buttons = [...options, SOMETHING_ELSE].map(
    (option) => html`<button type="button" class="button" value="${option}">${option}</button>`,
  );
  group.innerHTML = String(html`<legend>What did you see?</legend>${buttons}`);
  place.after(group);
  return new Promise((resolve) => {
    const onClick = ({ target }: Event): void => {
      if (!(target instanceof HTMLButtonElement)) return;
      group.remove();
      resolve(target.value);
    };
    group.addEventListener('click', onClick, { signal });
  });
}
