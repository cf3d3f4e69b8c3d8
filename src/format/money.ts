/** Amounts of money. Currencies are ISO 4217 codes: `USD`. */

/** Kept, since making a format takes longer than drawing a bill. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, significantDigits: number | null): Intl.NumberFormat {
  const key = `${currency} ${significantDigits ?? ''}`;
  const digits = significantDigits === null ? {} : { maximumSignificantDigits: significantDigits };
  const format =
    formats.get(key) ?? new Intl.NumberFormat('en-US', { style: 'currency', currency, ...digits });
  formats.set(key, format);
  return format;
}

/** `$0.37`, `$1,204.00`; amounts under a cent keep two significant digits: `$0.0000012`. */
export function money(amount: number, currency: string): string {
  return formatOf(currency, amount > 0 && amount < 0.01 ? 2 : null).format(amount);
}

/** As `money`, a whole amount without its cents: `$20`. */
export function roundMoney(amount: number, currency: string): string {
  return money(amount, currency).replace(/\.00$/, '');
}

/** With five significant digits, for a factor of a formula: `$0.0000010333`. */
export function preciseMoney(amount: number, currency: string): string {
  return formatOf(currency, 5).format(amount);
}
