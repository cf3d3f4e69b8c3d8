/** `<break-even>`: a function's bill against a machine's. What it takes to compute is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class BreakEven extends CourseElement {
  protected override connected(): void {
    this.whenSeen(() => this.#open());
  }

  async #open(): Promise<void> {
    const { Explorer } = await import('./explorer.ts');
    if (this.signal.aborted) return;
    new Explorer({
      id: this.id,
      form: this.find('form', HTMLFormElement),
      slider: this.find('slider', HTMLInputElement),
      calls: this.find('calls', HTMLInputElement),
      ready: this.find('ready', HTMLElement),
      own: this.find('own', HTMLElement),
      drawn: (part) => this.find(part, HTMLElement),
      link: this.find('link', HTMLAnchorElement),
      status: this.find('status', HTMLElement),
      mistake: this.find('mistake', HTMLElement),
      signal: this.signal,
    });
  }
}

customElements.define('break-even', BreakEven);
