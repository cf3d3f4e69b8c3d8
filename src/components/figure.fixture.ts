/** What tests of elements share: a page on which everything is in view, and its parts by name. */

import { vi } from 'vitest';

/** Every element is in view as soon as it is watched. */
export function everythingIsInView(): void {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #report: (entries: { isIntersecting: boolean }[]) => void;
      constructor(report: (entries: { isIntersecting: boolean }[]) => void) {
        this.#report = report;
      }
      observe(): void {
        this.#report([{ isIntersecting: true }]);
      }
      disconnect(): void {}
    },
  );
  Element.prototype.scrollIntoView = vi.fn();
}

/** @throws when the page has no such part of this type */
export function part<T extends HTMLElement>(name: string, type: new () => T): T {
  const found = document.querySelector(`[data-part="${name}"]`);
  if (found instanceof type) return found;
  throw new Error(`no ${type.name} with data-part="${name}"`);
}
