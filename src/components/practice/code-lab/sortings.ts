/** Cards to sort and numbers to give: each choice has its reason back at once. */

import { judgeAmount, misplaced, type Placed } from '#faas/labs/sorting.ts';
import type { LabHelp } from '#src/attempt/help.ts';
import { progress } from '#src/progress/store.ts';
import type { CourseElement } from '../../element.ts';
import { readNumber } from '../../typed-number.ts';

import type { LabSetup } from './setup.ts';

/** What a lab asks for can be any sum. */
const ANY = { least: 0, most: 1e12, whole: false };

/** Listens to the lab's cards and numbers, where it has some. */
export function startSortings(
  lab: CourseElement,
  setup: LabSetup,
  help: () => Promise<LabHelp>,
  signal: AbortSignal,
): void {
  const sortings = lab.findAll('sorting', HTMLElement);
  for (const sorting of sortings) {
    sorting.addEventListener(
      'change',
      ({ target }) => {
        const card = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null;
        if (card === null) return;
        void help().then((given) => {
          const cards = given.sortings[sorting.dataset['sorting'] ?? ''] ?? [];
          const one = cards.find(({ id }) => id === card.dataset['card']);
          const box = placedIn(sorting)[card.dataset['card'] ?? ''];
          if (one === undefined) return;
          say(card, `${box === one.belongs ? '✓ Right.' : '✗ Not there.'} ${one.why}`);
          keep(lab, setup, given, sortings);
        }, fail(card));
      },
      { signal },
    );
  }
  for (const part of lab.findAll('amount', HTMLElement)) {
    const input = part.querySelector('input');
    input?.addEventListener(
      'change',
      () => {
        const typed = readNumber(input.value, ANY);
        if ('mistake' in typed) {
          say(part, `It ${typed.mistake}`);
          return;
        }
        void help().then((given) => {
          const asked = given.amounts[part.dataset['amount'] ?? ''];
          if (asked === undefined) return;
          const { isRight, says } = judgeAmount(asked, typed.value);
          say(part, `${isRight ? '✓ Right.' : '✗ Not yet.'} ${says ?? ''}`);
        }, fail(part));
      },
      { signal },
    );
  }
}

/** A lab of cards alone is done when each lies where it belongs. */
function keep(
  lab: CourseElement,
  { id, version }: LabSetup,
  given: LabHelp,
  sortings: readonly HTMLElement[],
): void {
  if (given.solution !== null) return;
  const right = sortings.filter(
    (sorting) => misplaced(given.sortings[nameOf(sorting)] ?? [], placedIn(sorting)).length === 0,
  );
  const done = right.length === sortings.length;
  const at = new Date().toISOString();
  const passed = right.map(nameOf);
  const record = { at, start: version, code: '', versions: [], passed, how: 'sorted' };
  const wasDone = progress().get('lab', id)?.done === true;
  progress().set('lab', id, { ...record, done: done || wasDone });
  if (done)
    lab.find('status', HTMLElement).textContent = 'Every piece lies where it belongs: done.';
}

function nameOf({ dataset }: HTMLElement): string {
  return dataset['sorting'] ?? '';
}

function placedIn(sorting: HTMLElement): Placed {
  const cards = [...sorting.querySelectorAll<HTMLElement>('[data-card]')];
  return Object.fromEntries(
    cards.flatMap((card) => {
      const chosen = card.querySelector<HTMLInputElement>('input:checked');
      return chosen === null ? [] : [[card.dataset['card'] ?? '', chosen.value]];
    }),
  );
}

function say(part: HTMLElement, text: string): void {
  let status = part.querySelector<HTMLElement>('[role="status"]');
  if (status === null) {
    status = document.createElement('p');
    status.setAttribute('role', 'status');
    part.append(status);
  }
  status.textContent = text;
}

function fail(part: HTMLElement): (error: unknown) => void {
  return (error) => say(part, error instanceof Error ? error.message : String(error));
}
