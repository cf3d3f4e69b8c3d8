/** What a reader guesses: one of several options, or a line of text. */

/** Stands last among the options of a prediction that can be helped with, and is kept like a guess. */
export const UNKNOWN = 'I don’t know yet';

/** The option that is chosen, or the text that was typed; empty when there is neither. */
export function guessIn(fields: readonly HTMLInputElement[]): string {
  const given = fields.find(({ type, checked }) => type !== 'radio' || checked);
  return given?.value.trim() ?? '';
}

/** Puts an earlier guess back into its fields. */
export function fillGuess(fields: readonly HTMLInputElement[], said: string): void {
  for (const field of fields) {
    if (field.type === 'radio') field.checked = field.value === said;
    else field.value = said;
  }
}
