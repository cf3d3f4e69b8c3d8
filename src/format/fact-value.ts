/** A fact's value and unit as a reader expects them in a sentence. */

import { longDate, monthAndYear } from './date.ts';
import { everyDecimal } from './number.ts';

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
 * @example factValue(0.0000166667, 'USD/GB-s') → '$0.0000166667 per GB-second'
 * @example factValue(125, 'ms (max)') → '125 ms'; the words in brackets belong to the statement
 */
export function factValue(value: number | string, unit: string | null): string {
  const base = (unit ?? '').replace(/\s*\([^)]*\)/g, '').trim();
  if (base === 'date' || base === 'month') return formatDate(String(value));
  // A year is a date when it looks like one, and else a span.
  const isYear = base === 'year' && Number(value) > 1000;
  if (base === '' || isYear || BARE.has(base)) return String(value);
  if (typeof value === 'string') return `${value} ${base}`;
  const number = everyDecimal(value);
  const [count = '', ...per] = base.split('/');
  const [currency = '', ...note] = count.split(' ');
  const symbol = CURRENCIES[currency];
  if (symbol !== undefined) {
    const amount = Number.isInteger(value) ? number : everyDecimal(value, 2);
    return [`${symbol}${amount}`, ...perText(per), ...note].join(' ');
  }
  if (base === 'x' || base.startsWith('x ')) return `${number}×`;
  if (base.startsWith('%')) return `${number}${base.startsWith('% of') ? base : '%'}`;
  const name = value === 1 ? (SINGULAR[count] ?? count) : count;
  return [`${number}\u00a0${name.replace(/^M /, 'million ')}`, ...perText(per)].join(' ');
}

function perText(per: readonly string[]): string[] {
  return per.map((unit) => {
    const [first = '', ...rest] = unit.split(' ');
    return `per ${NAMES[unit] ?? [NAMES[first] ?? first, ...rest].join(' ')}`;
  });
}

function formatDate(value: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(value) ?? [];
  if (year === undefined || month === undefined) return value;
  const date = new Date(`${year}-${month}-${day ?? '01'}T00:00:00Z`);
  return day === undefined ? monthAndYear(date) : longDate(date, 'UTC');
}
