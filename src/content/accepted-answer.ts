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

/** Words that open an answer and say nothing of it. */
const OPENING =
  /^(?:it(?:'s| is| was| would be| must be)|that(?:'s| is)|this is|they(?:'re| are)|there is|because(?: of)?|i(?:'d)? (?:think|say|guess)(?: that)?|probably|maybe|perhaps|mostly|most likely|mainly|just|for|in|at|during|by|the|an?|its|your|my|their)\s+/;

/** The answer itself, normalized: “It is probably for the storage.” is `storage`. */
export function bare(answer: string): string {
  let text = normalize(answer);
  for (let rest = text.replace(OPENING, ''); rest !== text; rest = text.replace(OPENING, '')) {
    text = rest;
  }
  return text;
}

/**
 * `/…/flags` as a regular expression, or undefined for plain text.
 * @throws SyntaxError when it is none
 */
export function parsePattern(accepted: string): RegExp | undefined {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(accepted) ?? [];
  return source === undefined ? undefined : new RegExp(source, flags === '' ? 'iu' : flags);
}

/** The whole of an answer, or anywhere in it. */
type Extent = 'whole' | 'anywhere';

/** Plain text is always the whole of an answer. Both see it as `bare` leaves it. */
export function acceptsAnswer(
  accepted: readonly string[],
  answer: string,
  extent: Extent = 'anywhere',
): boolean {
  const given = bare(answer);
  return accepted.some((one) => {
    const pattern = parsePattern(one);
    if (pattern === undefined) return bare(one) === given;
    const { source, flags } = pattern;
    return (extent === 'whole' ? new RegExp(`^(?:${source})$`, flags) : pattern).test(given);
  });
}

/** One of the answers that the author thought of. */
export interface ExpectedAnswer {
  readonly accept: readonly string[];
  readonly correct: boolean;
}

/**
 * The number of the first expected answer that takes what was typed, or undefined. A right one takes
 * it as a whole: a word somewhere in a sentence may stand there to be denied.
 */
export function matchAnswer(
  expected: readonly ExpectedAnswer[],
  typed: string,
): number | undefined {
  const found = expected.findIndex(({ accept, correct }) =>
    acceptsAnswer(accept, typed, correct ? 'whole' : 'anywhere'),
  );
  return found === -1 ? undefined : found;
}
