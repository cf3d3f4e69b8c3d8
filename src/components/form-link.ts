/**
 * The state of a figure in the fragment of the page's address: `#break-even?ms=100&mb=512`. What the
 * reader set up can be bookmarked and sent, and opens the same anywhere; no server ever sees it. A text
 * of many pages is left out.
 */

import { copyText } from './clipboard.ts';
import { boundsOf, numberIn, readNumber } from './typed-number.ts';

/** What a form says, in its own order. A box that is not ticked says so, or it could not be shared. */
export function formState(form: HTMLFormElement): URLSearchParams {
  const state = new URLSearchParams();
  for (const field of fieldsOf(form)) {
    if (isBox(field) && field.type === 'checkbox' && field.value === 'on') {
      state.append(field.name, field.checked ? '1' : '0');
    } else if (!isBox(field) || field.checked) state.append(field.name, saidBy(field));
  }
  return state;
}

/** Puts a state into a form. Names it does not have, and values a control refuses, change nothing. */
export function fillForm(form: HTMLFormElement, state: URLSearchParams): void {
  for (const field of fieldsOf(form)) {
    const values = state.getAll(field.name);
    const [value] = values;
    if (value === undefined) continue;
    if (isBox(field)) {
      field.checked = field.value === 'on' ? value === '1' : values.includes(field.value);
    } else if (takes(field, value)) field.value = value;
  }
}

/** What the address says of the figure `id`; null when it speaks of something else. */
export function linkedState(id: string): URLSearchParams | null {
  const [name, query] = location.hash.slice(1).split('?');
  return name === id && query !== undefined ? new URLSearchParams(query) : null;
}

/** A form whose state is kept in the address of the page. */
export interface LinkedForm {
  readonly form: HTMLFormElement;
  /** Of the figure, unique on the page. */
  readonly id: string;
  /** Leads to the figure as it is set up now. @default none */
  readonly link?: HTMLAnchorElement;
  /** The form says something else now. */
  readonly onChange: () => void;
  readonly signal: AbortSignal;
}

/**
 * Keeps form and address the same: fills the form from the address now and whenever it changes, and
 * the address from the form when the reader has changed it. Calls `onChange` only for what comes
 * after; the first state is there when this returns.
 */
export function linkForm({ form, id, link, onChange, signal }: LinkedForm): void {
  const name = (): void => {
    if (link) link.href = fragmentOf(id, formState(form));
  };
  const follow = (): boolean => {
    const state = linkedState(id);
    if (state === null) return false;
    fillForm(form, state);
    document.getElementById(id)?.scrollIntoView();
    return true;
  };
  follow();
  name();
  const change = (): void => {
    name();
    onChange();
  };
  form.addEventListener('input', change, { signal });
  shareLink(id, signal);
  // A slider that is dragged asks for one address, when it is let go.
  form.addEventListener('change', () => keep(id, formState(form)), { signal });
  form.addEventListener('submit', (event) => event.preventDefault(), { signal });
  window.addEventListener('hashchange', () => void (follow() && change()), { signal });
}

/** The figure's link to itself is copied when it is followed, and that is said beside it. */
function shareLink(id: string, signal: AbortSignal): void {
  const link = document.getElementById(id)?.querySelector<HTMLAnchorElement>('a[data-part="link"]');
  if (!link) return;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  link.before(said);
  const copy = async (): Promise<void> => {
    said.textContent = '';
    const isCopied = await copyText(link.href);
    said.textContent = isCopied ? 'Copied.' : 'It is in the address of this page: copy it there.';
  };
  link.addEventListener('click', () => void copy(), { signal });
  signal.addEventListener('abort', () => said.remove());
}

function keep(id: string, state: URLSearchParams): void {
  // Not a step of the way back: Back leaves the page, as the reader expects.
  history.replaceState(history.state, '', fragmentOf(id, state));
}

/** A longer text would make an address that few places take, and that takes long to keep. */
export const LONGEST_LINKED = 10_000;

function fragmentOf(id: string, state: URLSearchParams): string {
  const short = [...state].filter(([, value]) => value.length <= LONGEST_LINKED);
  return `#${id}?${String(new URLSearchParams(short))}`;
}

/** A number the same however it was typed; what is none stays as it is. */
function saidBy(field: Field): string {
  const number = field instanceof HTMLInputElement ? numberIn(field) : null;
  return number === null ? field.value : String(number);
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLSelectElement ||
        element instanceof HTMLTextAreaElement) &&
      element.name !== '',
  );
}

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type);
}

/** A link may have been cut or made up: a figure is only given what its reader could have chosen. */
function takes(field: Field, value: string): boolean {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((option) => option.value === value);
  }
  if (field instanceof HTMLTextAreaElement) return true;
  const bounds = boundsOf(field);
  if (bounds !== null) return 'value' in readNumber(value, bounds);
  if (field.type !== 'range') return true;
  const number = Number(value);
  const [least, most] = [field.min, field.max].map((bound) =>
    bound === '' ? null : Number(bound),
  );
  if (value.trim() === '' || !Number.isFinite(number)) return false;
  return (least ?? number) <= number && number <= (most ?? number);
}
