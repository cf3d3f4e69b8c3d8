/** `<function-source>`: copies the code, and says whether what ran on this page was this very file. */

import { onAnswer } from '#src/demo/places/announce.ts';
import { copyText } from '../../clipboard.ts';
import { CourseElement } from '../../element.ts';

export class FunctionSource extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    const copy = this.find('copy', HTMLButtonElement);
    copy.addEventListener('click', () => void this.#copy(copy), { signal });
    onAnswer((path, code) => {
      if (path === this.dataset['function']) this.#prove(code);
    }, signal);
  }

  async #copy(button: HTMLButtonElement): Promise<void> {
    const pre = this.querySelector('pre');
    if (await copyText(pre?.textContent ?? '')) {
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    } else {
      button.textContent = 'Selected: now press Ctrl+C or ⌘C';
      if (pre) getSelection()?.selectAllChildren(pre);
    }
  }

  #prove(code: string): void {
    const proof = this.find('proof', HTMLElement);
    const same = code === this.dataset['code'];
    if (same) delete proof.dataset['state'];
    else proof.dataset['state'] = 'fault';
    proof.textContent = same
      ? '✓ This is the code that ran.'
      : `✗ Another source ran, ${code.slice(0, 8)}. Reload the page.`;
  }
}

customElements.define('function-source', FunctionSource);
