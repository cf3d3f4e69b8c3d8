/** Whether what a reader typed is one of the answers that the author accepts. */

/** As typed, without what does not matter: case, accents, kinds of quotes and dashes, punctuation at the ends, spaces. */
export function normalize(answer: string): string {
  return answer
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[‘’‛′`´]/g, "'")
    .replace(/[“”„″]/g, '"')
    .replace(/\p{Dash_Punctuation}/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,;:!?'"]+|[\s.,;:!?'"]+$/g, '');
}

/**
 * `/…/flags` as a regular expression, or undefined for plain text.
 * @throws SyntaxError when it is none
 */
export function parsePattern(accepted: string): RegExp | undefined {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(accepted) ?? [];
  return source === undefined ? undefined : new RegExp(source, flags === '' ? 'iu' : flags);
}

/** Patterns see the answer without spaces at its ends; plain text is compared as `normalize` leaves it. */
export function accepts(accepted: readonly string[], answer: string): boolean {
  return accepted.some((one) => {
    const pattern = parsePattern(one);
    if (pattern !== undefined) return pattern.test(answer.normalize('NFC').trim());
    return normalize(one) === normalize(answer);
  });
}
