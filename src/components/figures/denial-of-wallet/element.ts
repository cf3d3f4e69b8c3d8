/** `<denial-of-wallet>`: what it takes to price an attack is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class DenialOfWallet extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { WalletSession } = await import('./session.ts');
      new WalletSession(this, signal);
    });
  }
}

customElements.define('denial-of-wallet', DenialOfWallet);
