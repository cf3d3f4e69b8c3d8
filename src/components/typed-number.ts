/**
 * A number that a reader types into a figure. What can be read in two ways, or in none, is refused
 * with what was expected and what came: a figure that draws another number than was meant teaches
 * something wrong.
 */

import { withPoint } from './digits.ts';

/** What a number field accepts. */
export interface NumberBounds {
  readonly least: number;
  readonly most: number;
  /** No fractions. */
  readonly whole: boolean;
}

/** The number, or what is wrong with the text, as the end of a sentence that begins with its name. */
export type NumberReading = { readonly value: number } | { readonly mistake: string };

/**
 * @example readNumber('1.234,56', bounds) → { value: 1234.56 }
 * @example readNumber('5k', { least: 1, most: 60, whole: true }) → { mistake: 'expected a whole …' }
 */
export function readNumber(typed: string, bounds: NumberBounds): NumberReading {
  const text = typed
    .normalize('NFKC')
    .replace('−', '-')
    .replace(/(?<=\d)[\s_’'](?=\d{3})/g, '')
    .trim();
  if (text === '') return { mistake: `${expected(bounds)} and nothing stands there.` };
  if (/^-?\d{1,3}[.,]\d{3}$/.test(text)) {
    const [thousands, fraction] = [text.replace(/[.,]/, ''), text.replace(',', '.')];
    return {
      mistake: `“${text}” can mean ${thousands} or ${Number(fraction)}. Write ${thousands}, or ${fraction}0.`,
    };
  }
  const [, sign = '', digits = '', exponent = ''] = /^(-?)(.*?)(e[+-]?\d+)?$/i.exec(text) ?? [];
  const value = Number(`${sign}${withPoint(digits) ?? NaN}${exponent}`);
  const isRight =
    value >= bounds.least && value <= bounds.most && (!bounds.whole || Number.isInteger(value));
  return isRight ? { value } : { mistake: `${expected(bounds)} and “${shortened(text)}” came.` };
}

/** Of a text field that stands for a number; null for any other. */
export function boundsOf({ dataset }: HTMLInputElement): NumberBounds | null {
  const { least, most, whole } = dataset;
  if (least === undefined || most === undefined) return null;
  return { least: Number(least), most: Number(most), whole: whole !== undefined };
}

/** What a field says; null when it is empty or says no number that it may. */
export function numberIn(field: HTMLInputElement): number | null {
  const bounds = boundsOf(field);
  const reading = bounds && readNumber(field.value, bounds);
  return reading && 'value' in reading ? reading.value : null;
}

/**
 * The first mistake in the number fields of a form, with the name of its field; null when there is
 * none. Marks every field for what it is. A field that is not shown is not asked.
 */
export function mistakeIn(form: HTMLFormElement): string | null {
  let first: string | null = null;
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement) || field.closest('[hidden]')) continue;
    const bounds = boundsOf(field);
    if (bounds === null) continue;
    // A guess may be left out.
    const reading =
      field.dataset['optional'] !== undefined && field.value.trim() === ''
        ? null
        : readNumber(field.value, bounds);
    const mistake = reading !== null && 'mistake' in reading ? reading.mistake : null;
    if (mistake === null) field.removeAttribute('aria-invalid');
    else field.setAttribute('aria-invalid', 'true');
    if (mistake !== null) first ??= `${nameOf(field)}: ${mistake}`;
  }
  return first;
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

function expected({ least, most, whole }: NumberBounds): string {
  return `expected a ${whole ? 'whole number' : 'number'} from ${plain.format(least)} to ${plain.format(most)},`;
}

const LONGEST = 24;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function nameOf(field: HTMLInputElement): string {
  const label = field.labels?.[0];
  const name = label?.querySelector('span')?.textContent ?? label?.textContent ?? field.name;
  return name.replaceAll(/\s+/g, ' ').trim();
}
