/** A number as a reader types it, and which of the author's numbers it is. */

import { withPoint } from '../../digits.ts';

/** What may stand before a number and does not change it. */
const ABOUT =
  /^(?:it(?:'s| is)|that(?:'s| is)|about|around|roughly|approximately|approx\.?|circa|ca\.?|some|~|≈|=)\s*/;

/** Words that would make another number of it. */
const MAGNITUDE =
  /^(?:k|m|b|g|t|bn|mn|mm|mio|mrd|thousand|million|billion|lakh|crore|hundred|dozen)\b/;

/**
 * Undefined when it is none, or when it might be another number than it seems: `20.20`, `$20.20`,
 * `20,20`, `11,870,000`, `about 5`, `20 * 0.25 = 5`; not `5k`, not `1.5 Mio`.
 * @param unit the field's own, which may stand behind the number; without it, any word but a magnitude
 */
export function parseAmount(typed: string, unit?: string): number | undefined {
  const text = result(typed)
    .replace(/[_’'](?=\d)|(?<=\d)\s(?=\d{3}(?!\d))/g, '')
    .replace(/^([+-]?)[$€£]\s*|\s*[$€£]$/g, '$1');
  const [, sign = '', digits = '', exponent = '', after = ''] =
    /^([+-]?)([\d.,]+)(e[+-]?\d+)?\s*(.*)$/.exec(text) ?? [];
  const plain = withPoint(digits);
  if (plain === undefined || !isUnit(after, unit)) return undefined;
  const value = Number(`${sign}${plain}${exponent}`);
  return Number.isFinite(value) ? value : undefined;
}

/** What stands behind the last sign of equality, without `it is` and `about`. */
function result(typed: string): string {
  const equals = typed.normalize('NFKC').toLowerCase().split('=');
  let text = (equals.at(-1) ?? '').replaceAll('’', "'").trim();
  for (let rest = text.replace(ABOUT, ''); rest !== text; rest = text.replace(ABOUT, '')) {
    text = rest;
  }
  return text.replace(/[.!]$/, '');
}

const CURRENCIES: Readonly<Record<string, readonly string[]>> = {
  usd: ['dollar', 'dollars', '$'],
  eur: ['euro', 'euros', '€'],
};

function isUnit(after: string, unit: string | undefined): boolean {
  if (after === '') return true;
  const words = after.split(' ');
  if (unit === undefined) return /^[a-z%/ -]*$/.test(after) && !MAGNITUDE.test(after);
  const known = unit.toLowerCase().split(/[\s/]+/);
  return words.every((word) =>
    known.some((one) => alike(word, one) || CURRENCIES[one]?.includes(word) === true),
  );
}

/** One or many: `instance` and `instances`. */
function alike(a: string, b: string): boolean {
  return a.replace(/s$/, '') === b.replace(/s$/, '');
}

/** The number of the first expected amount that it is within `tolerance` of, or undefined. */
export function matchAmount(
  expected: readonly number[],
  given: number,
  tolerance: number,
): number | undefined {
  // What a reader rounds to the edge of the tolerance is inside it.
  const within = tolerance * (1 + 1e-9);
  const found = expected.findIndex((amount) => Math.abs(amount - given) <= within);
  return found === -1 ? undefined : found;
}
