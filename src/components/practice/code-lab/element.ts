/** `<code-lab>`: the reader's own code, run and checked. What it takes is loaded when it is near. */

import { CourseElement } from '../../element.ts';

export class CodeLab extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { wakeLab } = await import('./session.ts');
      await wakeLab(this, signal);
    });
  }
}

customElements.define('code-lab', CodeLab);
