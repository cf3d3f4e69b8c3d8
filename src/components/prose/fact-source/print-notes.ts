/**
 * On paper nothing can be opened: the sources of facts are printed as a list after the text, under the
 * numbers of their marks. Without JavaScript each is printed after its fact.
 */

/** Not on paper, and so without a number there. */
const UNPRINTED = 'details:not([open], [data-print="open"]), [hidden]';

/** Keeps the list on the page for as long as it is being printed. */
export function keepPrintNotes(): void {
  let notes: HTMLElement | null = null;
  const add = (): void => {
    notes ??= printNotes();
    if (notes) document.querySelector('main article')?.append(notes);
  };
  const remove = (): void => {
    notes?.remove();
    notes = null;
  };
  // Not every browser reports both.
  window.addEventListener('beforeprint', add);
  window.addEventListener('afterprint', remove);
  matchMedia('print').addEventListener('change', ({ matches }) => (matches ? add() : remove()));
}

/** Null when no fact is printed. */
export function printNotes(): HTMLElement | null {
  const facts = [...document.querySelectorAll('.fact')].filter((fact) => !fact.closest(UNPRINTED));
  if (facts.length === 0) return null;
  const notes = document.createElement('section');
  notes.className = 'print-notes';
  const heading = document.createElement('h2');
  heading.className = 'label';
  heading.textContent = 'Where the facts come from';
  const list = document.createElement('ol');
  list.append(...facts.map(noteOf));
  notes.append(heading, list);
  return notes;
}

function noteOf(fact: Element): HTMLLIElement {
  const note = document.createElement('li');
  const [title, dated] = ['strong', 'small'].map((part) =>
    fact.querySelector(`fact-source > ${part}`)?.cloneNode(true),
  );
  note.append(...(title?.childNodes ?? []), '. ', ...(dated?.childNodes ?? []));
  return note;
}
