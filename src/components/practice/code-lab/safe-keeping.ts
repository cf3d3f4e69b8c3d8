/** Keeps the reader's code safe: earlier versions, other tabs, links, a full storage, a file. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { verdictText } from '#src/labs/verdict-text.ts';
import { codeFromText, codeToText } from '#src/attempt/shared-code.ts';
import type { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import { moment } from '#src/format/date.ts';
import { progress } from '#src/progress/store.ts';
import { copyText } from '../../clipboard.ts';
import type { CourseElement } from '../../element.ts';
import { linkedState } from '../../form-link.ts';
import { html } from '#src/components/markup.ts';
import type { CodeField } from './code-field.ts';
import type { LabSetup } from './setup.ts';

export interface SafeKeeping {
  readonly lab: CourseElement;
  readonly setup: LabSetup;
  readonly kept: KeptAttempt;
  /** The code that the lab begins with. */
  readonly start: string;
  readonly field: CodeField;
  /** Keeps what is in the field now. */
  readonly keep: () => void;
  /** What came of the first check that failed last time; null when none did. */
  readonly failed: () => CheckVerdict | null;
  readonly signal: AbortSignal;
}

/** Builds the part "more" and the notices, and follows what happens elsewhere. */
export function keepSafe(safe: SafeKeeping): void {
  const { lab, kept, field, setup, signal } = safe;
  const more = lab.find('more', HTMLElement);
  more.innerHTML = String(
    html`<details class="disclosure"><summary>Earlier versions, sharing, asking</summary><p class="controls"><button class="button" type="button" data-do="share">Copy a link to my code</button><button class="button" type="button" data-do="file">Save as a file</button><button class="button" type="button" data-do="ask">Ask: copy code and failure</button></p><p role="status"></p><ol class="lab-versions"></ol></details>`,
  );
  const list = more.querySelector('ol');
  const status = more.querySelector('[role="status"]');
  const draw = (): void => {
    if (list === null) return;
    list.innerHTML = String(
      html`${kept.versions.map(
        ({ at, code }, index) =>
          html`<li>${moment(Date.parse(at))}, ${code.split('\n').length} lines <button class="button" type="button" data-do="back" value="${index}">Go back to it</button></li>`,
      )}`,
    );
  };
  /** The link is made beforehand: a browser copies only at once after a press. */
  let link: string | null = null;
  const makeLink = async (): Promise<void> => {
    // A browser that cannot compress offers the file.
    const text = await codeToText(field.code).catch(() => null);
    const { origin, pathname } = location;
    link = text === null ? null : `${origin}${pathname}#${lab.id}?code=${text}`;
  };
  const say = (text: string): void => {
    if (status !== null) status.textContent = text;
  };
  const share = async (): Promise<void> => {
    if (link === null) {
      say('Your code is too long for a link. Save it as a file and send that.');
    } else if (await copyText(link)) {
      say('The link is copied. It holds the code itself, and runs nothing when it is opened.');
    } else say(`Copy this: ${link}`);
  };
  const ask = async (): Promise<void> => {
    const question = questionText(safe);
    if (await copyText(question)) {
      say('Copied, as text for a forum or an instructor: your code, what fails, and the lab.');
    } else {
      saveFile('question.txt', question);
      say('This browser copies nothing here, so it is saved as question.txt.');
    }
  };
  more.addEventListener(
    'click',
    ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const does = button?.dataset['do'];
      if (does === 'share') void share();
      else if (does === 'file') saveFile(`${setup.id.split('/')[1] ?? 'lab'}.ts`, field.code);
      else if (does === 'ask') void ask();
      else if (does === 'back') {
        const version = kept.versions[Number(button?.value)];
        if (version === undefined) return;
        safe.keep();
        put(safe, version.code);
        draw();
        say('It is in the editor. What was there is the newest of the earlier versions.');
      }
    },
    { signal },
  );
  more.querySelector('details')?.addEventListener(
    'toggle',
    () => {
      safe.keep();
      draw();
      void makeLink();
    },
    { signal },
  );
  const warn = (event: BeforeUnloadEvent): void => {
    if (progress().keeping !== 'kept' && field.code !== safe.start) event.preventDefault();
  };
  window.addEventListener('beforeunload', warn, { signal });
  progress().addEventListener('change', () => notices(safe), { signal });
  notices(safe);
  void openLink(safe);
  window.addEventListener('hashchange', () => void openLink(safe), { signal });
}

/** All that somebody needs who is asked for help. */
function questionText({ setup, field, failed }: SafeKeeping): string {
  const { origin, pathname } = location;
  const verdict = failed();
  const came =
    verdict === null ? 'No check has failed since the page was opened.' : verdictText(verdict);
  const code = field.code.trimEnd();
  return `The lab ${setup.id}, version ${setup.version}: ${origin}${pathname}\n\n${came}\n\nMy code:\n\n${code}\n`;
}

/** What the reader has to know about their code, each with its way out. */
function notices({ lab, kept, field }: SafeKeeping): void {
  const part = lab.find('notices', HTMLElement);
  const elsewhere = kept.elsewhere;
  if (elsewhere !== null && elsewhere !== field.code) {
    notice(part, 'tab', 'Another tab has changed this code.', 'Take it', () => {
      field.code = kept.take(field.code);
    });
  }
  const { keeping } = progress();
  if (keeping === 'kept') part.querySelector('[data-notice="storage"]')?.remove();
  else {
    const why =
      keeping === 'full'
        ? 'The storage of this browser is full'
        : 'This browser keeps nothing here';
    notice(
      part,
      'storage',
      `${why}: your code is gone when you leave this page.`,
      'Save as a file',
      () => saveFile('lab.ts', field.code),
    );
  }
  if (kept.isOfEarlierLab) {
    notice(
      part,
      'version',
      'This lab has changed since you began. Your code is as you left it; Reset gives the new start.',
    );
  }
}

/** A link shows its code only when the reader says so, and never runs it. */
async function openLink(safe: SafeKeeping): Promise<void> {
  const text = linkedState(safe.lab.id)?.get('code') ?? null;
  if (text === null) return;
  const code = await codeFromText(text);
  const part = safe.lab.find('notices', HTMLElement);
  if (code === null) {
    notice(
      part,
      'link',
      'The link to this lab is cut off or damaged: no code could be read out of it.',
    );
  } else if (code !== safe.field.code) {
    notice(
      part,
      'link',
      'This link brought code. Your own is kept under Earlier versions.',
      'Open it',
      () => put(safe, code),
    );
  }
}

function put({ kept, field }: SafeKeeping, code: string): void {
  kept.replace(code);
  field.code = code;
  field.mark(null);
}

/** One of a kind stands there at a time. */
function notice(
  part: HTMLElement,
  kind: string,
  text: string,
  act?: string,
  does?: () => void,
): void {
  if (part.querySelector(`[data-notice="${kind}"]`) !== null) return;
  const line = document.createElement('p');
  line.className = 'message lab-notice';
  line.dataset['notice'] = kind;
  line.setAttribute('role', 'status');
  line.append(text, ' ');
  if (act !== undefined) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.textContent = act;
    button.addEventListener('click', () => {
      does?.();
      line.remove();
    });
    line.append(button);
  }
  part.append(line);
}

function saveFile(name: string, code: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([code], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
