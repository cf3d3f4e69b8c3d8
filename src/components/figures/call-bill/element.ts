/** `<call-bill>`: the bill of a demo's run, written anew when the reader has made one. */

import { onFinish } from '#src/demo/places/announce.ts';
import { CourseElement } from '../../element.ts';

export class CallBill extends CourseElement {
  protected override connected(): void {
    onFinish((demo, { runs, memoryMb }) => {
      if (demo !== this.dataset['demo']) return;
      void import('./slips.ts').then(({ slips }) => {
        this.find('slips', HTMLElement).innerHTML = String(slips(runs, memoryMb));
        this.find('kind', HTMLElement).textContent = 'your run';
      });
    }, this.signal);
  }
}

customElements.define('call-bill', CallBill);
