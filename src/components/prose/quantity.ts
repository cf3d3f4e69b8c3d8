/** A fact's value and unit as a reader expects them in a sentence. */

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 12 });
/** Cents are written in full: $0.20. */
const MONEY = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 12 });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** Written without a unit, since the value alone is the name of something. */
const BARE = new Set(['version', 'default version', 'rank', 'ratio']);

/** In front of the number, with what follows it. */
const CURRENCIES: Readonly<Record<string, string>> = { USD: '$', EUR: '€' };

/** What a unit is called in a sentence, where that is not what the facts write. */
const NAMES: Readonly<Record<string, string>> = {
  'GB-s': 'GB-second',
  'GiB-s': 'GiB-second',
  'vCPU-s': 'vCPU-second',
  '1M': 'million',
  '10 s': '10 seconds',
  s: 'second',
};

/** One of it takes no plural s. */
const SINGULAR: Readonly<Record<string, string>> = {
  days: 'day',
  messages: 'message',
  instances: 'instance',
  pods: 'pod',
  requests: 'request',
  runtimes: 'runtime',
  links: 'link',
  steps: 'step',
  modes: 'mode',
};

/**
 * @example formatQuantity(0.0000166667, 'USD/GB-s') → '$0.0000166667 per GB-second'
 * @example formatQuantity(125, 'ms (max)') → '125 ms'; the words in brackets belong to the statement
 */
export function formatQuantity(value: number | string, unit: string | null): string {
  const base = (unit ?? '').replace(/\s*\([^)]*\)/g, '').trim();
  if (base === 'date' || base === 'month') return formatDate(String(value));
  // A year is a date when it looks like one, and else a span.
  const isYear = base === 'year' && Number(value) > 1000;
  if (base === '' || isYear || BARE.has(base)) return String(value);
  if (typeof value === 'string') return `${value} ${base}`;
  const number = NUMBER.format(value);
  const [counted = '', ...per] = base.split('/');
  const [currency = '', ...note] = counted.split(' ');
  const symbol = CURRENCIES[currency];
  if (symbol !== undefined) {
    const amount = Number.isInteger(value) ? number : MONEY.format(value);
    return [`${symbol}${amount}`, ...rate(per), ...note].join(' ');
  }
  if (base === 'x' || base.startsWith('x ')) return `${number}×`;
  if (base.startsWith('%')) return `${number}${base.startsWith('% of') ? base : '%'}`;
  const name = value === 1 ? (SINGULAR[counted] ?? counted) : counted;
  return [`${number}\u00a0${name.replace(/^M /, 'million ')}`, ...rate(per)].join(' ');
}

function rate(per: readonly string[]): string[] {
  return per.map((unit) => {
    const [first = '', ...rest] = unit.split(' ');
    return `per ${NAMES[unit] ?? [NAMES[first] ?? first, ...rest].join(' ')}`;
  });
}

function formatDate(value: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(value) ?? [];
  if (year === undefined || month === undefined) return value;
  const date = new Date(`${year}-${month}-${day ?? '01'}T00:00:00Z`);
  return (day === undefined ? MONTH : DAY).format(date);
}
