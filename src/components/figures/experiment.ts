/**
 * An experiment in a figure: predict, run, see how far it is, cancel or wait, compare. Every figure
 * that runs or simulates something does it through this class, so that all of them ask, wait and
 * fail alike.
 */

import type { CourseElement } from '../element.ts';
import type { Question } from '../question.ts';

/** What the reader is asked before the first run. */
export interface AskedPrediction {
  readonly question: Question;
  /** What has been said so far, in words; empty when nothing. */
  said(): string;
  /** The reason that goes with it, in words. @default none */
  why?(): string | undefined;
  isComplete(): boolean;
  /** Shown once, when Run is pressed and the prediction is not complete. */
  readonly request: string;
  /** Puts the focus where the reader can say it. */
  focus(): void;
  /** After a run: the reader is asked what they saw, and the explanation waits for that. @default never */
  asksWhatWasSeen?(): boolean;
}

/** Where an experiment stands, and what it does when it is run. */
export interface ExperimentOptions {
  /**
   * Has the parts `status`, `progress` and `cancel`, and may have `run`, `bar` and `progress-text`.
   * While a run goes on it carries `data-running`.
   */
  readonly figure: CourseElement;
  /** Ends with the figure's connection to the page, and ends what runs. */
  readonly signal: AbortSignal;
  /** Null when nothing is asked. @default null */
  readonly prediction?: AskedPrediction | null;
  /** What is wrong with the set-up, or null; with a mistake nothing runs. @default never a mistake */
  readonly mistake?: () => string | null;
  /** What a start does while another run goes on. @default 'ignored' */
  readonly whileRunning?: 'ignored' | 'replaces';
  /** A shorter run shows no progress, in ms: the page would only flicker. @default 0 */
  readonly patienceMs?: number;
}

/** One run, and what becomes of it. */
export interface Trial<T> {
  /**
   * @param onProgress share from 0 to 1, and a sentence where the figure has a place for it
   * @throws with what to do, when the run cannot be made
   */
  run(signal: AbortSignal, onProgress: (share: number, text?: string) => void): Promise<T>;
  /** Puts the result on the page, beside the prediction. */
  show(result: T): void;
  /** Where words about this run go. @default the status of the figure */
  readonly say?: Say;
}

/** Writes a sentence for the reader. @param isFault it reports something that went wrong @default false */
export type Say = (text: string, isFault?: boolean) => void;

const CANCELLED = 'Cancelled. What stands here is from before.';

/** One for each figure, for as long as it is connected to the page. */
export class Experiment {
  readonly #options: ExperimentOptions;
  readonly #cancel: HTMLButtonElement;
  readonly #progress: HTMLElement;
  readonly #status: HTMLElement;
  readonly #run: HTMLButtonElement | undefined;
  readonly #bar: HTMLProgressElement | undefined;
  readonly #text: HTMLElement | undefined;
  #running: AbortController | null = null;
  #patience: number | undefined;
  /** The reader has been asked for a prediction; the next start goes without one. */
  #isUrged = false;

  constructor(options: ExperimentOptions) {
    this.#options = options;
    const { figure, signal } = options;
    this.#cancel = figure.find('cancel', HTMLButtonElement);
    this.#progress = figure.find('progress', HTMLElement);
    this.#status = figure.find('status', HTMLElement);
    [this.#run] = figure.findAll('run', HTMLButtonElement);
    [this.#bar] = figure.findAll('bar', HTMLProgressElement);
    [this.#text] = figure.findAll('progress-text', HTMLElement);
    this.#cancel.addEventListener('click', () => this.#running?.abort(CANCELLED), { signal });
    signal.addEventListener('abort', () => this.#running?.abort());
  }

  /** Resolves when the run has been shown, has failed or was cancelled; at once when none was started. */
  async start<T>({ run, show, say = this.say }: Trial<T>): Promise<void> {
    const { whileRunning = 'ignored', prediction } = this.#options;
    if ((this.#running && whileRunning === 'ignored') || !this.#mayStart()) return;
    this.#running?.abort();
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    this.#commit();
    say('');
    this.#begin();
    try {
      const result = await run(signal, (share, text) => this.#report(share, text));
      signal.throwIfAborted();
      show(result);
    } catch (error) {
      if (signal.reason === CANCELLED) say(CANCELLED);
      else if (!signal.aborted) say((error as Error).message, true);
    } finally {
      if (this.#running === running) {
        this.#running = null;
        prediction?.question.open(prediction.asksWhatWasSeen?.() === true ? 'result' : 'all');
        this.#end();
      }
    }
  }

  /** Opens the recorded result without a run: the reader has predicted, or declines. */
  showRecorded(): void {
    this.#commit();
    this.#options.prediction?.question.open();
  }

  readonly say: Say = (text, isFault = false) => {
    if (isFault) this.#status.dataset['state'] = 'fault';
    else delete this.#status.dataset['state'];
    this.#status.textContent = text;
  };

  /** Asks for a prediction once; a second start goes without one. */
  #mayStart(): boolean {
    const { prediction, mistake } = this.#options;
    const wrong = mistake?.() ?? null;
    if (wrong !== null) {
      this.say(wrong, true);
      return false;
    }
    if (!prediction || this.#isUrged || prediction.isComplete()) return true;
    if (prediction.question.isOpen) return true;
    this.#isUrged = true;
    this.say(prediction.request);
    prediction.focus();
    return false;
  }

  #commit(): void {
    const { prediction } = this.#options;
    prediction?.question.keep(prediction.said(), prediction.why?.());
  }

  #begin(): void {
    const { figure, patienceMs = 0 } = this.#options;
    figure.toggleAttribute('data-running', true);
    if (this.#run) this.#run.ariaDisabled = 'true';
    clearTimeout(this.#patience);
    if (patienceMs === 0) this.#reveal(true);
    else this.#patience = window.setTimeout(() => this.#reveal(true), patienceMs);
  }

  #end(): void {
    clearTimeout(this.#patience);
    if (this.#run) {
      this.#run.ariaDisabled = null;
      if (document.activeElement === this.#cancel) this.#run.focus();
    }
    this.#reveal(false);
    this.#report(0);
    this.#options.figure.toggleAttribute('data-running', false);
  }

  #reveal(isShown: boolean): void {
    this.#cancel.hidden = !isShown;
    this.#progress.hidden = !isShown;
  }

  #report(share: number, text = ''): void {
    if (this.#bar) this.#bar.value = share;
    if (this.#text) this.#text.textContent = text;
  }
}
