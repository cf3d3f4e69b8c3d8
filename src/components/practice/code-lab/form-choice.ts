/** On a phone a lab is its lines to put in order, at first; to write it is one press away. */

import type { LineTask } from '#src/attempt/help.ts';
import type { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import { html } from '#src/components/markup.ts';
import type { CourseElement } from '../../element.ts';
import { LinesInOrder } from './lines-in-order.ts';

type Form = 'lines' | 'code';

/** What the choice is made of. */
export interface FormChoice {
  readonly lab: CourseElement;
  readonly kept: KeptAttempt;
  /** The code that the lab begins with. */
  readonly start: string;
  readonly task: LineTask;
  /** Checks code that the reader has put together. */
  readonly onAssembled: (code: string) => void;
  readonly signal: AbortSignal;
}

/** Puts the choice and the lines before the code. */
export function chooseForm({ lab, kept, start, task, onAssembled, signal }: FormChoice): void {
  const choice = document.createElement('fieldset');
  choice.className = 'choices lab-form';
  const forms: readonly (readonly [Form, string])[] = [
    ['lines', 'Put its lines in order'],
    ['code', 'Write it yourself'],
  ];
  choice.innerHTML = String(
    html`<legend class="visually-hidden">How you build it</legend>${forms.map(
      ([form, text]) =>
        html`<label><input type="radio" name="${lab.id}.form" value="${form}"><span>${text}</span></label>`,
    )}`,
  );
  const panel = document.createElement('section');
  panel.className = 'lab-assembly';
  lab.find('code', HTMLElement).before(choice, panel);
  const hands = {
    kept: kept.choice('lines'),
    onOrder: (order: string) => kept.choose('lines', order),
    onDone: onAssembled,
  };
  new LinesInOrder(panel, task, hands, signal);
  const show = (form: Form): void => {
    lab.dataset['form'] = form;
    for (const radio of choice.querySelectorAll('input')) radio.checked = radio.value === form;
  };
  choice.addEventListener(
    'change',
    ({ target }) => {
      const form = target instanceof HTMLInputElement && target.value === 'code' ? 'code' : 'lines';
      kept.choose('form', form);
      show(form);
    },
    { signal },
  );
  const kindOf = kept.choice('form');
  const hasWritten = kept.code !== start && kept.record?.how !== 'assembled';
  show(kindOf === 'code' || (kindOf === undefined && hasWritten) ? 'code' : 'lines');
}
