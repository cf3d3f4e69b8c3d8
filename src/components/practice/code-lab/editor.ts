/**
 * The editor: CodeMirror in a shadow root, where its sheets are constructed and need no exception in
 * the page's policy. Tab leaves it, as it leaves every field.
 */

import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
} from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { diagnosticCount, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { CodeFault } from '#src/attempt/javascript.ts';
import { changedPart } from './changed-part.ts';
import type { CodeField } from './code-field.ts';

/** Colours and fonts are the page's: its custom properties reach into the shadow root. */
const THEME = EditorView.theme({
  '&': {
    backgroundColor: 'var(--code-surface)',
    color: 'var(--code-ink)',
    fontSize: 'var(--size-code, 0.9rem)',
    border: 'var(--hair) solid var(--edge)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '0.5rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--ink-soft)',
    border: 'none',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--well)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    {
      backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)',
    },
  // The browser would paint what is selected as the page itself.
  '@media (forced-colors: active)': {
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
      {
        backgroundColor: 'color-mix(in srgb, Highlight 40%, Canvas)',
        forcedColorAdjust: 'none',
      },
  },
  // The library's own is a picture from a data: address, which the page's policy refuses.
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--fault)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    border: 'var(--hair) solid var(--edge)',
  },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-constant)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    color: 'var(--code-function)',
  },
  { tag: tags.typeName, color: 'var(--code-function)' },
]);

/**
 * What is typed over a selection is put there by the editor: Chromium, left to do it, keeps the look of
 * what it replaces in a style attribute, which the page's policy refuses with a complaint.
 */
const TYPED_OVER = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data, isComposing } = event;
    if (inputType !== 'insertText' || data === null || isComposing) return false;
    if (view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), {
      userEvent: 'input.type',
      scrollIntoView: true,
    });
    event.preventDefault();
    return true;
  },
});

/**
 * @param host its shadow root holds the editor
 * @param label name for assistive technology
 */
export function openEditor(
  host: HTMLElement,
  code: string,
  label: string,
  onInput: () => void,
): CodeField {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: code,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        javascript({ typescript: true }),
        syntaxHighlighting(COLOURS),
        THEME,
        TYPED_OVER,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': label,
          spellcheck: 'false',
          autocapitalize: 'off',
        }),
        keymap.of([
          { key: 'Mod-]', run: indentMore },
          { key: 'Mod-[', run: indentLess },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of(({ docChanged, transactions }) => {
          if (docChanged && !transactions.some((one) => one.isUserEvent('course'))) onInput();
        }),
      ],
    }),
  });
  return {
    get code() {
      return view.state.doc.toString();
    },
    // Lines that stay are not drawn again: on a phone, drawing all of them takes longer than a press may.
    set code(text: string) {
      const lines = text.replaceAll(/\r\n?/g, '\n');
      const changes = changedPart(view.state.doc.toString(), lines);
      if (changes !== null) view.dispatch({ changes, userEvent: 'course' });
    },
    focus: () => view.focus(),
    mark: (fault) => mark(view, fault),
  };
}

/** Shows a mistake at its line, and takes an earlier one away. */
function mark(view: EditorView, fault: CodeFault | null): void {
  const { doc } = view.state;
  if (fault === null) {
    if (diagnosticCount(view.state) > 0) view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const line = doc.line(Math.min(fault.line, doc.lines));
  const { from, to } = line;
  const severity = 'error';
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity, message: fault.message }]), {
    effects: EditorView.scrollIntoView(from),
  });
}
