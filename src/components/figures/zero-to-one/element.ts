/**
 * `<zero-to-one>`: an instance goes from nothing to cold, busy, idle, and back to nothing. What it
 * takes is loaded at the first press.
 */

import { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';
import type { ZeroToOneSession } from './session.ts';

export class ZeroToOne extends CourseElement {
  #session: ZeroToOneSession | null = null;

  protected override connected(): void {
    const { signal } = this;
    this.#session = null;
    const button = this.find('call', HTMLButtonElement);
    button.addEventListener('click', () => void this.#call(signal), { signal });
  }

  async #call(signal: AbortSignal): Promise<void> {
    try {
      const { ZeroToOneSession } = await loadScript(() => import('./session.ts'));
      this.#session ??= new ZeroToOneSession(this, signal);
    } catch (error) {
      this.find('status', HTMLElement).textContent = (error as Error).message;
      return;
    }
    await this.#session.call();
  }
}

customElements.define('zero-to-one', ZeroToOne);
