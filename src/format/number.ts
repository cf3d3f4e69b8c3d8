/** Plain numbers, grouped in thousands. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const twoSignificant = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** `0`, `47`, `12,345`: rounded to a whole number. */
export function wholeNumber(value: number): string {
  return whole.format(value);
}

/** `0.4`, `15.0`: always one decimal, so that columns line up. */
export function withTenths(value: number): string {
  return oneDecimal.format(value);
}

/** `0.015`, `3.1`, `47`: two significant digits. */
export function twoDigits(value: number): string {
  return twoSignificant.format(value);
}

/** An average: `0.25`, `3.1`, `140`. Two significant digits below a hundred, whole above. */
export function average(value: number): string {
  return value < 100 ? twoDigits(value) : wholeNumber(value);
}

/** `0.5`, `5.43`, `12`: no more decimals than given, and no zeros at the end. */
export function atMostDecimals(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/**
 * Every decimal that the number has, up to twelve: `0.0000166667`, `400,000`.
 * @param leastDecimals 2 for money, so that cents are whole: `0.20`
 */
export function everyDecimal(value: number, leastDecimals = 0): string {
  const digits = { minimumFractionDigits: leastDecimals, maximumFractionDigits: 12 };
  return value.toLocaleString('en', digits);
}

/** `1 call`, `10 calls`, `1,200 calls`. @param noun one whose plural only adds an s */
export function counted(count: number, noun: string): string {
  return `${wholeNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number below a hundred in two digits: `03`. */
export function zeroPadded(value: number): string {
  return String(value).padStart(2, '0');
}
