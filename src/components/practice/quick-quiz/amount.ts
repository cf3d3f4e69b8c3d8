/** A number as a reader types it, and which of the author's numbers it is. */

/** Undefined when it is none: `20.20`, `$20.20`, `20,20`, `11,870,000`, `11.87 million`. */
export function parseAmount(typed: string): number | undefined {
  const text = typed
    .normalize('NFKC')
    .replace(/[\s_’']/g, '')
    .replace(/^([+-]?)[$€£]|[$€£]$/g, '$1');
  // A unit may stand behind the number; it is the field's own.
  const [, sign = '', digits = '', exponent = ''] =
    /^([+-]?)([\d.,]+)(e[+-]?\d+)?[a-z%/-]*$/i.exec(text) ?? [];
  const plain = withPoint(digits);
  if (plain === undefined) return undefined;
  const value = Number(`${sign}${plain}${exponent}`);
  return Number.isFinite(value) ? value : undefined;
}

/** With a point before the fraction and nothing between thousands. */
function withPoint(digits: string): string | undefined {
  if (/^(\d+\.?\d*|\.\d+)$/.test(digits)) return digits;
  if (/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits)) return digits.replaceAll(',', '');
  if (/^\d{1,3}(\.\d{3}){2,}(,\d*)?$/.test(digits)) {
    return digits.replaceAll('.', '').replace(',', '.');
  }
  return /^\d*,\d+$/.test(digits) ? digits.replace(',', '.') : undefined;
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
