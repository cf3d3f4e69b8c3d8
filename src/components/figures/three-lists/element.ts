/** `<three-lists>`: what it takes to price a load is loaded when it comes into view. */

import { CourseElement } from '../../element.ts';

export class ThreeLists extends CourseElement {
  protected override connected(): void {
    const { signal } = this;
    this.whenSeen(async () => {
      const { ListsSession } = await import('./session.ts');
      new ListsSession(this, signal);
    });
  }
}

customElements.define('three-lists', ThreeLists);
