/**
 * Lines of code to put in order, some of which do not belong. They are dragged, or moved by buttons,
 * which serve pointer, touch and keyboard alike.
 */

import type { LineTask } from '#src/attempt/help.ts';
import { html, Markup } from '#src/components/markup.ts';
import { GRIP, listenForDrags, type DragPoint } from './drag.ts';

interface Line {
  readonly text: string;
  /** Why it does not belong; null when it does. */
  readonly stray: string | null;
}

type Side = 'used' | 'left';

/** Where the order is kept, and what is done with it. */
export interface LineHands {
  /** The order as it was kept last: `keptOrder`. @default mixed */
  readonly kept: string | undefined;
  /** @param order to be kept */
  onOrder(order: string): void;
  /** The reader says that the order is right. @param code the solution with these lines in this order */
  onDone(code: string): void;
}

const ACTS = { up: 'Up', down: 'Down', left: 'Leave out', used: 'Use' } as const;
/** Before each line of a kept order. */
const SIGNS: Readonly<Record<Side, string>> = { used: '+', left: '-' };

export class LinesInOrder {
  readonly #lists: Readonly<Record<Side, HTMLElement>>;
  readonly #status = document.createElement('p');
  readonly #task: LineTask;
  readonly #hands: LineHands;
  readonly #lines: Readonly<Record<Side, Line[]>>;
  /** What all lines are indented by: a phone has no room for it. */
  readonly #indent: number;

  /** @param signal ends the dragging */
  constructor(panel: HTMLElement, task: LineTask, hands: LineHands, signal: AbortSignal) {
    this.#task = task;
    this.#hands = hands;
    this.#lines = ordered(task, hands.kept);
    const all = [...this.#lines.used, ...this.#lines.left];
    this.#indent = Math.min(...all.map(({ text }) => Math.max(0, text.search(/\S/))));
    panel.insertAdjacentHTML(
      'beforeend',
      String(
        html`<details class="disclosure"><summary>What stands around them</summary><pre tabindex="0">${task.before.trimEnd()}
…${task.after.trimEnd()}</pre></details><ol class="lab-lines" data-side="used" aria-label="The lines that you use"></ol><p class="label">Left out</p><ol class="lab-lines" data-side="left" aria-label="The lines that you leave out"></ol><button class="button" data-kind="primary" type="button" data-act="done">Check this order</button>`,
      ),
    );
    this.#status.setAttribute('role', 'status');
    panel.append(this.#status);
    const listOf = (side: Side): HTMLElement => {
      const list = panel.querySelector<HTMLElement>(`[data-side="${side}"]`);
      if (list === null) throw new Error(`Expected a list of the lines that are ${side}.`);
      return list;
    };
    this.#lists = { used: listOf('used'), left: listOf('left') };
    panel.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const act = button?.dataset['act'];
      if (act === 'done') hands.onDone(this.code);
      else if (button !== null && act !== undefined) this.#press(button, act);
    });
    const dragging = {
      area: panel,
      item: 'li[data-at]',
      scrolls: true,
      label: (item: HTMLElement) => item.querySelector('code')?.textContent.trim() ?? '',
      over: (_item: HTMLElement, at: DragPoint) => this.#mark(at),
      drop: (item: HTMLElement, at: DragPoint) => {
        const place = this.#placeAt(at);
        if (place !== null) this.#move(placeOf(item), place);
      },
      end: () => this.#unmark(),
    };
    listenForDrags(dragging, signal);
    this.#draw();
  }

  /** The solution with these lines in this order. */
  get code(): string {
    const { before, after } = this.#task;
    return [before.trimEnd(), ...this.#lines.used.map(({ text }) => text), after].join('\n');
  }

  #press(button: HTMLElement, act: string): void {
    const item = button.closest<HTMLElement>('li[data-at]');
    if (item === null) return;
    const { side, index } = placeOf(item);
    if (act === 'used' || act === 'left') {
      this.#move({ side, index }, { side: act, index: this.#lines[act].length });
    } else {
      // Below a line is two places on: it stands before the one after that.
      this.#move({ side, index }, { side, index: act === 'up' ? index - 1 : index + 2 });
    }
    const again = this.#itemOf(this.#moved);
    (
      again?.querySelector<HTMLElement>(`[data-act="${act}"]`) ?? again?.querySelector('button')
    )?.focus();
  }

  /** The line that was moved last. */
  #moved: Line | null = null;

  /** @param to before the line that stands there now */
  #move(from: LinePlace, to: LinePlace): void {
    const line = this.#lines[from.side][from.index];
    if (line === undefined || to.index < 0 || to.index > this.#lines[to.side].length) return;
    const isBelow = from.side === to.side && to.index > from.index;
    this.#lines[from.side].splice(from.index, 1);
    this.#lines[to.side].splice(isBelow ? to.index - 1 : to.index, 0, line);
    this.#moved = line;
    this.#draw();
    this.#hands.onOrder(this.#order);
    const isLeft = to.side === 'left';
    const place = this.#lines.used.indexOf(line) + 1;
    const where = isLeft ? 'is left out' : `is line ${String(place)} now`;
    const reason = isLeft && line.stray !== null ? ` Right: ${line.stray}` : '';
    this.#status.textContent = `“${line.text.trim()}” ${where}.${reason}`;
  }

  /** As it is kept: a line each, with its sign. */
  get #order(): string {
    const written = (side: Side): string[] =>
      this.#lines[side].map(({ text }) => SIGNS[side] + text);
    return [...written('used'), ...written('left')].join('\n');
  }

  #itemOf(line: Line | null): Element | undefined {
    const side = line !== null && this.#lines.left.includes(line) ? 'left' : 'used';
    return this.#lists[side].children[line === null ? 0 : this.#lines[side].indexOf(line)];
  }

  /** Where a line would come to stand that is let go here; null where it would stay. */
  #placeAt({ x, y }: DragPoint): LinePlace | null {
    for (const side of ['used', 'left'] as const) {
      const list = this.#lists[side];
      const { left, right, top, bottom } = list.getBoundingClientRect();
      if (x < left || x > right || y < top || y > bottom) continue;
      const items = [...list.querySelectorAll('li[data-at]')];
      const after = items.findIndex((item) => {
        const box = item.getBoundingClientRect();
        return y < box.top + box.height / 2;
      });
      return { side, index: after === -1 ? items.length : after };
    }
    return null;
  }

  #mark(at: DragPoint): void {
    this.#unmark();
    const place = this.#placeAt(at);
    if (place === null) return;
    const items = this.#lists[place.side].querySelectorAll<HTMLElement>('li[data-at]');
    const before = items[place.index];
    const last = items[place.index - 1];
    if (before !== undefined) before.dataset['drop'] = 'before';
    else if (last !== undefined) last.dataset['drop'] = 'after';
    else this.#lists[place.side].dataset['drop'] = 'into';
  }

  #unmark(): void {
    for (const list of Object.values(this.#lists)) {
      delete list.dataset['drop'];
      for (const item of list.querySelectorAll<HTMLElement>('[data-drop]')) {
        delete item.dataset['drop'];
      }
    }
  }

  #draw(): void {
    for (const side of ['used', 'left'] as const) {
      const acts = side === 'used' ? (['up', 'down', 'left'] as const) : (['used'] as const);
      const items = this.#lines[side].map(({ text }, index) => {
        const shown = text.slice(this.#indent);
        const buttons = acts.map(
          (act) =>
            html`<button class="button" type="button" data-act="${act}" aria-label="${ACTS[act]}: ${text.trim()}">${ACTS[act]}</button>`,
        );
        return html`<li data-at="${side} ${index}">${new Markup(GRIP)}<code>${shown}</code><span class="controls">${buttons}</span></li>`;
      });
      const none = html`<li class="lab-none">Drag here, or press ${ACTS.left}, what does not belong.</li>`;
      this.#lists[side].innerHTML = String(
        items.length === 0 && side === 'left' ? none : html`${items}`,
      );
    }
  }
}

interface LinePlace {
  readonly side: Side;
  readonly index: number;
}

function placeOf({ dataset }: HTMLElement): LinePlace {
  const [side, index] = (dataset['at'] ?? '').split(' ');
  return { side: side === 'left' ? 'left' : 'used', index: Number(index) };
}

/** As it was kept, with the lines that the lab has now; else mixed. */
function ordered(task: LineTask, kept: string | undefined): Record<Side, Line[]> {
  const rest = mixed(task);
  const lines: Record<Side, Line[]> = { used: [], left: [] };
  for (const one of kept?.split('\n') ?? []) {
    const at = rest.findIndex(({ text }) => text === one.slice(1));
    if (at === -1) continue;
    lines[one.startsWith(SIGNS.left) ? 'left' : 'used'].push(...rest.splice(at, 1));
  }
  lines.used.push(...rest);
  return lines;
}

/** The same mixture each time, and never the right order. */
function mixed({ lines, strays }: LineTask): Line[] {
  const indent = /^\s*/.exec(lines[0] ?? '')?.[0] ?? '';
  const all = [
    ...lines.map((text) => ({ text, stray: null })),
    ...strays.map(({ line, why }) => ({ text: indent + line, stray: why })),
  ];
  const byText = all.toSorted((a, b) => (a.text.trim() < b.text.trim() ? -1 : 1));
  const isRight = lines.every((text, index) => byText[index]?.text === text);
  return isRight ? byText.reverse() : byText;
}
