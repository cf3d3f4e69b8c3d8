/** The list of checks, as they are run one by one. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { html } from '#src/components/markup.ts';
import type { CourseElement } from '../../element.ts';
import { checkLine, failureView, type CheckState } from './verdict.ts';

export class CheckList {
  readonly #lab: CourseElement;
  /** By the name of the check. */
  readonly #lines: ReadonlyMap<string, HTMLElement>;
  /** What came of the first check that failed last time; null when none did. */
  failed: CheckVerdict | null = null;

  constructor(lab: CourseElement) {
    this.#lab = lab;
    const lines = lab
      .findAll('checks', HTMLElement)
      .flatMap((list) => [...list.getElementsByTagName('li')]);
    this.#lines = new Map(lines.map((line) => [line.textContent.trim(), line]));
  }

  /** Its name. */
  get failing(): string | null {
    return this.failed?.name ?? null;
  }

  clear(): void {
    this.failed = null;
    for (const [name, line] of this.#lines) write(line, name, null);
  }

  /** @param verdict null: it runs now @param share how far it is, from 0 to 1 */
  show(name: string, verdict: CheckVerdict | null, share = 0): void {
    const line = this.#lines.get(name);
    if (line === undefined) return;
    write(line, name, stateOf(verdict), share);
    if (verdict === null || verdict.passed) return;
    const isFirst = this.failed === null;
    this.failed ??= verdict;
    const view = failureView(
      verdict,
      `${this.#lab.id}-check-${String([...this.#lines.keys()].indexOf(name))}`,
    );
    // One thing at a time: what the others say is there when it is wanted.
    const shown = isFirst
      ? view
      : html`<details class="disclosure"><summary>What was expected, and what came</summary>${view}</details>`;
    line.insertAdjacentHTML('beforeend', String(shown));
  }

  /** Under the first check that fails. */
  looksLike(says: string): void {
    const line = this.#lines.get(this.failing ?? '');
    line?.insertAdjacentHTML('beforeend', String(html`<p class="lab-looks">${says}</p>`));
  }

  /** A check that was given up has no verdict. */
  stop(): void {
    for (const [name, line] of this.#lines) {
      if (line.querySelector('[data-verdict="running"]') !== null) write(line, name, null);
    }
  }
}

function stateOf(verdict: CheckVerdict | null): CheckState {
  if (verdict === null) return 'running';
  if (verdict.undecided) return 'undecided';
  return verdict.passed ? 'passed' : 'failed';
}

function write(line: HTMLElement, name: string, state: CheckState | null, share = 0): void {
  line.innerHTML = String(checkLine(name, state, share));
}
