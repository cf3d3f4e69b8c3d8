/** `<code-lab>`: the reader's own code, run and checked. What it takes is loaded when it is near. */

import { CourseElement } from '../../element.ts';

/** What of a lab is more than read. Whoever comes back may stand at any of it. */
const WORKS = ['code', 'call', 'run', 'checks', 'sorting', 'amount']
  .map((name) => `[data-part="${name}"]`)
  .join();

/** Whoever reads the task for so long finds the editor there. In ms. */
const READING_MS = 6_000;

export class CodeLab extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    // The task is only read: a page that opens with it stays quick, and no editor is loaded for it.
    const works = [...this.querySelectorAll(WORKS)];
    this.whenSeen(
      async () => {
        const { wakeLab } = await import('./session.ts');
        await wakeLab(this, signal);
      },
      works.length > 0 ? works : [this],
      READING_MS,
    );
  }
}

customElements.define('code-lab', CodeLab);
