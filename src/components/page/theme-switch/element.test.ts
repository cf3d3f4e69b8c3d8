// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { THEME_KEY } from '../theme-key.ts';
import './element.ts';

const root = document.documentElement;

function render(): Record<string, HTMLInputElement> {
  document.body.innerHTML = `<theme-switch>${['auto', 'light', 'dark']
    .map((value) => `<input type="radio" name="theme" value="${value}" data-part="choice">`)
    .join('')}</theme-switch>`;
  const inputs = document.querySelectorAll('input');
  return Object.fromEntries([...inputs].map((input) => [input.value, input]));
}

describe('<theme-switch>', () => {
  beforeEach(() => {
    localStorage.clear();
    delete root.dataset['theme'];
  });

  it('shows the choice that the page was painted with', () => {
    root.dataset['theme'] = 'dark';
    expect(render()['dark']?.checked).toBe(true);
  });

  it('follows the system until something is chosen', () => {
    expect(render()['auto']?.checked).toBe(true);
  });

  it('puts a choice on the page and keeps it', () => {
    render()['light']?.click();
    expect(root.dataset['theme']).toBe('light');
    expect(localStorage.getItem(THEME_KEY)).toBe('light');
  });

  it('forgets the choice when the system is to decide again', () => {
    render()['dark']?.click();
    render()['auto']?.click();
    expect(root.dataset['theme']).toBeUndefined();
    expect(localStorage.getItem(THEME_KEY)).toBeNull();
  });
});
