/**
 * Lines of code to put in order, some of which do not belong. Each line has buttons, which serve
 * pointer, touch and keyboard alike.
 */

import type { LineTask } from '#src/attempt/help.ts';
import { html } from '#src/components/markup.ts';

/** A line, and whether it is used. */
interface PlacedLine {
  readonly text: string;
  /** Why it does not belong; null when it does. */
  readonly stray: string | null;
  used: boolean;
}

const ACTS = { up: 'Up', down: 'Down', leave: 'Leave out', use: 'Use' } as const;

export class LinesInOrder {
  readonly #list = document.createElement('ol');
  readonly #status = document.createElement('p');
  readonly #task: LineTask;
  #lines: PlacedLine[];

  /** @param onDone called with the whole code, when the reader says that the order is right */
  constructor(panel: HTMLElement, task: LineTask, onDone: (code: string) => void) {
    this.#task = task;
    this.#lines = mixed(task);
    this.#list.className = 'lab-lines';
    this.#status.setAttribute('role', 'status');
    const done = document.createElement('button');
    done.type = 'button';
    done.className = 'button';
    done.textContent = 'Check this order';
    done.addEventListener('click', () => onDone(this.code));
    panel.append(this.#list, done, this.#status);
    this.#list.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button !== null) this.#act(Number(button.value), button.dataset['act'] ?? '');
    });
    this.#draw();
  }

  /** The solution with these lines in this order. */
  get code(): string {
    const { before, after } = this.#task;
    const used = this.#lines.filter((line) => line.used).map(({ text }) => text);
    return [before.trimEnd(), ...used, after].join('\n');
  }

  #act(index: number, act: string): void {
    const line = this.#lines[index];
    if (line === undefined) return;
    const to = act === 'up' ? index - 1 : act === 'down' ? index + 1 : index;
    const other = this.#lines[to];
    if (other === undefined) return;
    this.#lines[index] = other;
    this.#lines[to] = line;
    if (act === 'leave' || act === 'use') line.used = act === 'use';
    this.#draw();
    const where = line.used ? `is line ${String(to + 1)} now` : 'is left out';
    const reason = line.stray !== null && !line.used ? ` Right: ${line.stray}` : '';
    this.#status.textContent = `“${line.text.trim()}” ${where}.${reason}`;
    const again = this.#list.children[to]?.querySelector<HTMLElement>(`[data-act="${act}"]`);
    (again ?? this.#list.children[to]?.querySelector('button'))?.focus();
  }

  #draw(): void {
    this.#list.innerHTML = String(
      html`${this.#lines.map(({ text, used }, index) => {
        const acts = used ? (['up', 'down', 'leave'] as const) : (['use'] as const);
        const buttons = acts.map(
          (act) =>
            html`<button class="button" type="button" data-act="${act}" value="${index}" aria-label="${ACTS[act]}: ${text.trim()}">${ACTS[act]}</button>`,
        );
        return html`<li data-used="${String(used)}"><code>${text}</code><span class="controls">${buttons}</span></li>`;
      })}`,
    );
  }
}

/** The same mixture each time, and never the right order. */
function mixed({ lines, strays }: LineTask): PlacedLine[] {
  const indent = /^\s*/.exec(lines[0] ?? '')?.[0] ?? '';
  const all = [
    ...lines.map((text) => ({ text, stray: null, used: true })),
    ...strays.map(({ line, why }) => ({ text: indent + line, stray: why, used: true })),
  ];
  const byText = all.toSorted((a, b) => (a.text.trim() < b.text.trim() ? -1 : 1));
  const isRight = lines.every((text, index) => byText[index]?.text === text);
  return isRight ? byText.reverse() : byText;
}
