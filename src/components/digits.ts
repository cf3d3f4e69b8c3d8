/** Digits as people write them in different countries. */

/**
 * The same digits with a point before the fraction and nothing between thousands: `1,234.5` and
 * `1.234,5` are `1234.5`. Undefined when they are no number.
 *
 * @param digits without sign, spaces and exponent. One group of three after one separator can be read
 *   in two ways: a comma is then taken for thousands, a point for the fraction.
 */
export function withPoint(digits: string): string | undefined {
  if (/^(\d+\.?\d*|\.\d+)$/.test(digits)) return digits;
  if (/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits)) return digits.replaceAll(',', '');
  if (/^\d{1,3}(\.\d{3})+,\d*$|^\d{1,3}(\.\d{3}){2,}$/.test(digits)) {
    return digits.replaceAll('.', '').replace(',', '.');
  }
  return /^\d*,\d+$/.test(digits) ? digits.replace(',', '.') : undefined;
}
