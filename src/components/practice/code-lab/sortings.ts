/**
 * Cards to sort and numbers to give: each choice has its reason back at once, and is kept. A card is
 * dragged into its box, or the box is chosen below it.
 */

import { judgeAmount, misplaced, type Placed } from '#faas/labs/sorting.ts';
import type { LabHelp } from '#src/attempt/help.ts';
import type { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import type { CourseElement } from '../../element.ts';
import { html } from '../../markup.ts';
import { readNumber } from '../../typed-number.ts';
import { passName } from './contract.ts';
import { GRIP, listenForDrags, type DragPoint } from './drag.ts';

/** What a lab asks for can be any sum. */
const ANY = { least: 0, most: 1e12, whole: false };

/** What the lab hands to its cards and numbers. */
export interface SortingHands {
  readonly kept: KeptAttempt;
  readonly help: () => Promise<LabHelp>;
  /** The lab has code as well: it is no lab of cards alone. */
  readonly hasCode: boolean;
  readonly signal: AbortSignal;
}

/** Listens to the lab's cards and numbers, where it has some, and shows what was chosen before. */
export function startSortings(lab: CourseElement, hands: SortingHands): void {
  for (const sorting of lab.findAll('sorting', HTMLElement)) new Sorting(lab, sorting, hands);
  for (const part of lab.findAll('amount', HTMLElement)) new Amount(lab, part, hands);
}

class Sorting {
  readonly #lab: CourseElement;
  readonly #part: HTMLElement;
  readonly #hands: SortingHands;
  readonly #id: string;
  /** What a card can be dropped on, while it is dragged. */
  #boxes: HTMLElement | null = null;

  constructor(lab: CourseElement, part: HTMLElement, hands: SortingHands) {
    this.#lab = lab;
    this.#part = part;
    this.#hands = hands;
    this.#id = part.dataset['sorting'] ?? '';
    const { signal } = hands;
    const chosen = ({ target }: Event): void => {
      const card = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null;
      if (card !== null) void this.#put(card).catch(failing(card));
    };
    part.addEventListener('change', chosen, { signal });
    for (const card of this.#cards) this.#restore(card);
    this.#listenForDrags(signal);
  }

  /** A choice of an earlier visit, with its reason. */
  #restore(card: HTMLElement): void {
    const kept = this.#hands.kept.choice(this.#choiceOf(card));
    const radio = this.#radio(card, kept);
    if (radio === undefined) return;
    radio.checked = true;
    void this.#tell(card).catch(failing(card));
  }

  async #put(card: HTMLElement): Promise<void> {
    const box = this.#placed[card.dataset['card'] ?? ''];
    if (box !== undefined) this.#hands.kept.choose(this.#choiceOf(card), box);
    const { sortings } = await this.#tell(card);
    const name = passName.sorting(this.#id);
    const isRight = misplaced(sortings[this.#id] ?? [], this.#placed).length === 0;
    judge(this.#lab, this.#hands, name, isRight);
  }

  /** Says whether a card lies where it belongs, and why. */
  async #tell(card: HTMLElement): Promise<LabHelp> {
    const help = await this.#hands.help();
    const id = card.dataset['card'] ?? '';
    const one = help.sortings[this.#id]?.find((known) => known.id === id);
    const isRight = this.#placed[id] === one?.belongs;
    if (one !== undefined) say(card, `${isRight ? '✓ Right.' : '✗ Not there.'} ${one.why}`);
    return help;
  }

  #listenForDrags(signal: AbortSignal): void {
    for (const card of this.#cards) {
      if (card.querySelector('[data-grip]') === null) {
        card.querySelector('legend')?.insertAdjacentHTML('afterbegin', GRIP);
      }
    }
    const dragging = {
      area: this.#part,
      item: '[data-card]',
      scrolls: false,
      label: (card: HTMLElement) =>
        card.querySelector('legend')?.textContent.replace('⠿', '').trim() ?? '',
      over: (card: HTMLElement, at: DragPoint) => this.#over(card, at),
      drop: (card: HTMLElement, at: DragPoint) => {
        const radio = this.#radio(card, this.#boxAt(at)?.dataset['box']);
        if (radio === undefined) return;
        radio.checked = true;
        radio.dispatchEvent(new Event('change', { bubbles: true }));
      },
      end: () => {
        this.#boxes?.remove();
        this.#boxes = null;
      },
    };
    listenForDrags(dragging, signal);
  }

  /** The boxes come up where they can be reached, whichever card is dragged. */
  #over(card: HTMLElement, at: DragPoint): void {
    if (this.#boxes === null) {
      this.#boxes = document.createElement('div');
      this.#boxes.className = 'lab-boxes';
      this.#boxes.innerHTML = String(
        html`${this.#radios(card).map(
          ({ value, labels }) =>
            html`<div data-box="${value}">${labels?.[0]?.textContent.trim() ?? value}</div>`,
        )}`,
      );
      this.#part.append(this.#boxes);
    }
    const box = this.#boxAt(at);
    for (const one of this.#boxes.children) one.toggleAttribute('data-over', one === box);
  }

  #boxAt({ x, y }: DragPoint): HTMLElement | undefined {
    const boxes = this.#boxes?.querySelectorAll<HTMLElement>('[data-box]') ?? [];
    return [...boxes].find((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return x >= left && x <= right && y >= top && y <= bottom;
    });
  }

  get #cards(): HTMLElement[] {
    return [...this.#part.querySelectorAll<HTMLElement>('[data-card]')];
  }

  #radios(card: HTMLElement): HTMLInputElement[] {
    return [...card.querySelectorAll('input')];
  }

  #radio(card: HTMLElement, box: string | undefined): HTMLInputElement | undefined {
    return this.#radios(card).find(({ value }) => value === box);
  }

  get #placed(): Placed {
    return Object.fromEntries(
      this.#cards.flatMap((card) => {
        const chosen = this.#radios(card).find(({ checked }) => checked);
        return chosen === undefined ? [] : [[card.dataset['card'] ?? '', chosen.value]];
      }),
    );
  }

  #choiceOf(card: HTMLElement): string {
    return `card/${this.#id}/${card.dataset['card'] ?? ''}`;
  }
}

class Amount {
  readonly #part: HTMLElement;
  readonly #hands: SortingHands;
  readonly #id: string;

  constructor(lab: CourseElement, part: HTMLElement, hands: SortingHands) {
    this.#part = part;
    this.#hands = hands;
    this.#id = part.dataset['amount'] ?? '';
    const input = part.querySelector('input');
    if (input === null) return;
    const kept = hands.kept.choice(this.#choice);
    if (kept !== undefined) {
      input.value = kept;
      void this.#tell(kept).catch(failing(part));
    }
    const typed = async (): Promise<void> => {
      hands.kept.choose(this.#choice, input.value);
      judge(lab, hands, passName.amount(this.#id), await this.#tell(input.value));
    };
    input.addEventListener('change', () => void typed().catch(failing(part)), {
      signal: hands.signal,
    });
  }

  /** Says what is to be said of the number. @returns whether it is right */
  async #tell(text: string): Promise<boolean> {
    const typed = readNumber(text, ANY);
    if ('mistake' in typed) {
      say(this.#part, `It ${typed.mistake}`);
      return false;
    }
    const asked = (await this.#hands.help()).amounts[this.#id];
    if (asked === undefined) return false;
    const { isRight, says } = judgeAmount(asked, typed.value);
    say(this.#part, `${isRight ? '✓ Right.' : '✗ Not yet.'} ${says ?? ''}`);
    return isRight;
  }

  get #choice(): string {
    return `amount/${this.#id}`;
  }
}

/** Keeps whether one sorting or amount is right; the lab may be done by it. */
function judge(
  lab: CourseElement,
  { kept, hasCode }: SortingHands,
  name: string,
  isRight: boolean,
): void {
  const wasDone = kept.isDone;
  const how = hasCode ? (kept.record?.how ?? 'written') : 'sorted';
  kept.judge([name], isRight ? [name] : [], how);
  if (wasDone || !kept.isDone) return;
  lab.find('status', HTMLElement).textContent = hasCode
    ? 'The contract holds: the lab is done.'
    : 'Every piece lies where it belongs: done.';
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

function failing(part: HTMLElement): (error: unknown) => void {
  return (error) => say(part, error instanceof Error ? error.message : String(error));
}
