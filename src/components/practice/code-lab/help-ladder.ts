/** Help for whoever is stuck: one step at a time, each asked for, from an example to the solution. */

import { nearestMutant, type Failures } from '#faas/labs/misconception.ts';
import type { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import { stepsOf, type CandidateLines, type HelpStep, type LabHelp } from '#src/attempt/help.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { inline } from '#prose/inline.ts';
import type { CourseElement } from '../../element.ts';
import { LinesInOrder } from './lines-in-order.ts';

/** What help may do with the reader's code. */
export interface HelpHands {
  /** Puts other code into the field; the reader's own is kept among the earlier versions. */
  put(code: string): void;
  code(): string;
  /** The reader has put the lines together. */
  onAssembled(code: string): void;
}

const WHY = 'Before it closes: why does this pass, in a sentence of your own?';

export class HelpLadder {
  readonly #lab: CourseElement;
  readonly #part: HTMLElement;
  readonly #kept: KeptAttempt;
  readonly #hands: HelpHands;
  readonly #signal: AbortSignal;
  #shown = 0;
  #failing: string | null = null;

  /** @param signal ends the dragging of lines */
  constructor(lab: CourseElement, kept: KeptAttempt, hands: HelpHands, signal: AbortSignal) {
    this.#lab = lab;
    this.#part = lab.find('help', HTMLElement);
    this.#kept = kept;
    this.#hands = hands;
    this.#signal = signal;
  }

  /** The next step. @param failing the first check that fails; another one begins the ladder anew */
  next(help: LabHelp, failing: string | null): void {
    if (failing !== this.#failing) this.#shown = 0;
    this.#failing = failing;
    const steps = stepsOf(help, failing);
    const step = steps[Math.min(this.#shown, steps.length - 1)];
    this.#shown += 1;
    if (step !== undefined) this.#show(step);
  }

  solution(help: LabHelp): void {
    if (help.solution !== null) this.#show({ kind: 'solution', code: help.solution });
  }

  /** Of code that passes: what it still keeps outside of the call. @param variable null: nothing */
  beside(says: string, variable: string | null): void {
    this.#part.querySelector('[data-beside]')?.closest('section')?.remove();
    if (variable === null) return;
    const text = says.replaceAll('{variable}', variable);
    this.#add(html`<p class="label" data-beside>It passes, and yet</p><p>${text}</p>`);
  }

  /**
   * Asked once the contract holds; the wrong answer is that of the mutant nearest to the reader. What was
   * answered stays, and stands there again.
   */
  why({ why, mutants }: LabHelp, outcome: Failures): void {
    if (why === null || this.#part.querySelector('[data-why]') !== null) return;
    const wrong = mutants.filter(({ name }) => name in why.wrong);
    const near = nearestMutant(outcome, wrong)?.name ?? Object.keys(why.wrong)[0] ?? '';
    const options = [
      { text: why.right, given: 'right' },
      { text: why.wrong[near] ?? '', given: near },
    ].filter(({ text }) => text !== '');
    // Which stands first depends on the question, so that the place says nothing.
    if (why.question.length % 2 === 0) options.reverse();
    const panel = this.#add(
      html`<p class="label" data-why>Why does it pass?</p><p>${why.question}</p><p class="controls">${options.map(
        ({ text }) => html`<button class="button" type="button">${text}</button>`,
      )}</p><p role="status"></p>`,
    );
    const answer = (said: string, isRight: boolean): void =>
      tell(panel, `You said: “${said}” ${isRight ? 'That is it.' : `Not quite. ${why.right}`}`);
    const kept = this.#kept.explained(why.hash);
    if (kept !== undefined) answer(kept.said, kept.correct);
    panel.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      const option = options.find(({ text }) => text === button?.textContent);
      if (option === undefined) return;
      const { text: said, given } = option;
      const correct = given === 'right';
      answer(said, correct);
      this.#kept.explain({ hash: why.hash, given: [given], said, correct });
    });
  }

  #show(step: HelpStep): void {
    if (step.kind === 'candidates') this.#candidates(step.lines);
    else if (step.kind === 'order') {
      const panel = this.#add(html`<p class="label">The lines of it, out of order</p>`);
      const hands = {
        kept: this.#kept.choice('lines'),
        onOrder: (order: string) => this.#kept.choose('lines', order),
        onDone: (code: string) => this.#hands.onAssembled(code),
      };
      new LinesInOrder(panel, step.task, hands, this.#signal);
    } else if (step.kind === 'solution') this.#solution(step.code);
    else {
      const label = step.kind === 'example' ? 'One call with its answer' : 'A hint';
      this.#add(html`<p class="label">${label}</p><p>${inline(step.text)}</p>`);
    }
  }

  #candidates({ right, wrong, why }: CandidateLines): void {
    const lines = right < wrong ? [right, wrong] : [wrong, right];
    const panel = this.#add(
      html`<p class="label">One of these two lines is right. Which?</p><p class="controls">${lines.map(
        (line) => html`<button class="button" type="button"><code>${line}</code></button>`,
      )}</p><p role="status"></p>`,
    );
    panel.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button === null || !lines.includes(button.textContent)) return;
      tell(panel, `${button.textContent === right ? 'Yes.' : 'No, the other one.'} ${why}`);
    });
  }

  #solution(code: string): void {
    this.#part.querySelector('[data-solution]')?.remove();
    const own = this.#hands.code();
    const panel = this.#add(
      html`<p class="label">One solution, and your own code beside it</p><div class="lab-beside"><div><p>Solution</p><pre tabindex="0">${code}</pre></div><div><p>Yours</p><pre tabindex="0">${own}</pre></div></div><label class="field"><span>${WHY}</span><input type="text" autocomplete="off"/></label><p class="controls"><button class="button" type="button" data-do="close">Close</button><button class="button" type="button" data-do="put">Put it into the editor</button></p><p role="status"></p>`,
    );
    panel.dataset['solution'] = '';
    panel.addEventListener('click', ({ target }) => {
      const does = target instanceof HTMLElement ? target.dataset['do'] : undefined;
      if (does === 'put') {
        this.#hands.put(code);
        tell(panel, 'It is in the editor. Your own code stands under Earlier versions.');
      } else if (does === 'close') {
        const said = panel.querySelector('input')?.value.trim() ?? '';
        if (said === '' && panel.dataset['asked'] === undefined) {
          panel.dataset['asked'] = '';
          tell(panel, 'Say it first, or press Close again.');
        } else {
          panel.remove();
          // What had the focus is gone: it goes back to the button that brought it.
          this.#lab.find('solution', HTMLButtonElement).focus();
        }
      }
    });
  }

  #add(content: Markup): HTMLElement {
    const panel = document.createElement('section');
    panel.className = 'lab-help';
    panel.innerHTML = String(content);
    this.#part.append(panel);
    return panel;
  }
}

function tell(panel: HTMLElement, text: string): void {
  const status = panel.querySelector('[role="status"]');
  if (status !== null) status.textContent = text;
}
