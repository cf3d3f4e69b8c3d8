/** How the figures of a simulation write what they count. */

const few = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const many = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** An average: `0.25`, `3.1`, `140`. */
export function amount(value: number): string {
  return (value < 100 ? few : many).format(value);
}

/** A share: `0.02 %`, `4.2 %`, `100 %`. Never 0 or 100 unless it is. */
export function percent(share: number): string {
  if (share === 0) return '0 %';
  if (share > 0.9995 && share < 1) return '> 99.9 %';
  if (share < 0.0001) return '< 0.01 %';
  return `${few.format(100 * share)} %`;
}
