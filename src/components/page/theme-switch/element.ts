/** Keeps the reader's choice of colours in this browser and puts it on the page. */

import { CourseElement } from '../../element.ts';
import { THEME_KEY } from '../theme-key.ts';

export class ThemeSwitch extends CourseElement {
  protected override connected(): void {
    const now = document.documentElement.dataset['theme'] ?? 'auto';
    for (const choice of this.findAll('choice', HTMLInputElement)) {
      choice.checked = choice.value === now;
      choice.addEventListener('change', () => this.#choose(choice.value), { signal: this.signal });
    }
  }

  #choose(theme: string): void {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    try {
      if (theme === 'auto') localStorage.removeItem(THEME_KEY);
      else localStorage.setItem(THEME_KEY, theme);
    } catch {
      // Storage is closed to us: the choice lasts as long as the page.
    }
  }
}

customElements.define('theme-switch', ThemeSwitch);
