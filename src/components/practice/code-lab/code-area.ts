/** Where the reader writes code: a plain text area, until the editor has come and where it cannot. */

import type { CodeField } from './code-field.ts';

/** Said of the field, and shown below it: Tab leaves it, so that nobody is caught. */
const KEYS = 'Tab leaves the editor. Indent with Ctrl+] (⌘] on a Mac).';

/**
 * Puts a field in the place of the code that the server wrote, which stays for print.
 * @param onInput called when the reader has typed
 * @param onEditor called when the editor has come
 */
export function codeField(
  part: HTMLElement,
  code: string,
  label: string,
  onInput: () => void,
  onEditor: () => void,
): CodeField {
  const printed = part.querySelector('pre');
  const host = document.createElement('div');
  host.className = 'lab-field';
  const keys = document.createElement('p');
  keys.className = 'lab-keys';
  keys.setAttribute('role', 'status');
  part.after(host, keys);
  part.dataset['edited'] = '';
  const print = (): void => {
    if (printed !== null) printed.textContent = field.code;
  };
  const typed = (): void => {
    print();
    onInput();
  };
  const area = document.createElement('textarea');
  area.value = code;
  // As high as the editor will be, so that nothing moves when it comes.
  area.rows = code.split('\n').length;
  area.spellcheck = false;
  area.autocapitalize = 'off';
  area.setAttribute('aria-label', label);
  area.addEventListener('input', typed);
  host.append(area);
  host.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') keys.textContent = KEYS;
  });
  let field: CodeField = plainField(area);
  // As it stands there it is coloured.
  if (`${printed?.textContent ?? ''}\n` !== code) print();
  void import('./editor.ts').then(
    ({ openEditor }) => {
      const hadFocus = document.activeElement === area;
      const shown = openEditor(host, field.code, label, typed);
      field = shown;
      area.remove();
      if (hadFocus) shown.focus();
      host.dataset['editor'] = '';
      onEditor();
    },
    () => {
      // The text area does; the reader can write and run all the same.
    },
  );
  return {
    get code() {
      return field.code;
    },
    set code(text: string) {
      field.code = text;
      print();
    },
    focus: () => field.focus(),
    mark: (fault) => field.mark(fault),
  };
}

function plainField(area: HTMLTextAreaElement): CodeField {
  return {
    get code() {
      return area.value;
    },
    set code(text: string) {
      area.value = text;
    },
    focus: () => area.focus(),
    mark(fault) {
      area.ariaInvalid = fault === null ? null : 'true';
    },
  };
}
