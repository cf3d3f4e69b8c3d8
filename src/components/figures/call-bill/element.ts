/**
 * `<call-bill>`: the bill of a demo's run, written anew when the reader has made one or bills it with
 * another memory.
 */

import { onFinish } from '#src/demo/places/announce.ts';
import type { Run } from '#src/demo/places/place.ts';
import type { Measured } from '#src/demo/receipt/bill.ts';
import { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';

export class CallBill extends CourseElement {
  /** Of the run that is billed: the recorded one, until the reader has made one. */
  #measured: readonly Measured[] = [];

  protected override connected(): void {
    this.#measured = JSON.parse(this.dataset['measured'] ?? '[]') as Measured[];
    const { signal } = this;
    for (const memory of this.#memory) {
      memory.addEventListener('change', () => void this.#write(Number(memory.value)), { signal });
    }
    onFinish((demo, { runs, memoryMb }) => {
      if (demo === this.dataset['demo']) void this.#take(runs, memoryMb);
    }, signal);
  }

  /** Absent where nothing was recorded. */
  get #memory(): HTMLSelectElement[] {
    return this.findAll('memory', HTMLSelectElement);
  }

  async #take(runs: readonly Run[], memoryMb: number): Promise<void> {
    const { measuredOf } = await loadScript(() => import('#src/demo/receipt/bill.ts'));
    this.#measured = runs.map(measuredOf);
    const [memory] = this.#memory;
    await this.#write(memory ? Number(memory.value) : memoryMb);
    this.find('kind', HTMLElement).textContent = 'your run';
  }

  async #write(memoryMb: number): Promise<void> {
    const { slips } = await loadScript(() => import('./slips.ts'));
    const provider = this.dataset['provider'] ?? null;
    this.find('slips', HTMLElement).innerHTML = String(slips(this.#measured, memoryMb, provider));
  }
}

customElements.define('call-bill', CallBill);
