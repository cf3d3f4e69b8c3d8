/** The controls of a lab with code: Run, Check, Hint, Solution, Reset. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { failuresOf, misconceptions } from '#faas/labs/misconception.ts';
import type { LabHelp } from '#src/attempt/help.ts';
import type { BrokenCode, LabWorkshop } from '#src/attempt/lab-workshop.ts';
import { KeptCode } from '#src/attempt/kept-code.ts';
import { progress } from '#src/progress/store.ts';
import type { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';
import { CallForm } from './call-form.ts';
import { checksOfLab } from './checks.ts';
import { codeField } from './code-area.ts';
import type { CodeField } from './code-field.ts';
import { CheckList } from './check-list.ts';
import { HelpLadder } from './help-ladder.ts';
import { keepSafe } from './safe-keeping.ts';
import type { FirstCall, LabSetup } from './setup.ts';
import type { UsedLab } from './used-lab.ts';
import { signatureOf, summary } from './verdict.ts';

/** After so many checks with one verdict the reader is told that there is help. */
const STUCK_AFTER = 3;
/** Code that is being typed is kept after a pause, in ms. */
const TYPING_PAUSE_MS = 300;

/** What a session is made of. */
export interface CodeSessionParts {
  readonly lab: CourseElement;
  readonly setup: LabSetup;
  readonly call: FirstCall;
  readonly help: () => Promise<LabHelp>;
}

export class CodeSession {
  readonly #lab: CourseElement;
  readonly #setup: LabSetup;
  readonly #help: () => Promise<LabHelp>;
  readonly #signal: AbortSignal;
  readonly #kept: KeptCode;
  readonly #start: string;
  readonly #field: CodeField;
  readonly #form: CallForm;
  readonly #checks: CheckList;
  readonly #ladder: HelpLadder;
  #workshop: Promise<LabWorkshop> | null = null;
  /** The lab whose code this one imports; null until it is needed. */
  #used: Promise<UsedLab> | null = null;
  /** What runs now; a second press ends it. */
  #running: AbortController | null = null;
  #lastSignature = '';
  #sameAgain = 0;

  /** @param signal ends all of it */
  constructor({ lab, setup, call, help }: CodeSessionParts, signal: AbortSignal) {
    this.#lab = lab;
    this.#setup = setup;
    this.#help = help;
    this.#signal = signal;
    const code = lab.find('code', HTMLElement);
    const start = {
      code: `${code.querySelector('pre')?.textContent ?? ''}\n`,
      version: setup.version,
    };
    this.#start = start.code;
    this.#kept = new KeptCode(progress(), setup.id, start);
    this.#form = new CallForm(lab.find('call', HTMLElement), call, setup.hasEntry);
    this.#checks = new CheckList(lab);
    let pause: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      clearTimeout(pause);
      this.#kept.type(this.#field.code);
    };
    const typed = (): void => {
      this.#field.mark(null);
      clearTimeout(pause);
      pause = setTimeout(keep, TYPING_PAUSE_MS);
    };
    this.#field = codeField(code, this.#kept.code, 'Your code', typed, () => this.#comeAhead());
    // What was typed last is kept also when the page is left at once.
    window.addEventListener('pagehide', keep, { signal });
    signal.addEventListener('abort', keep, { once: true });
    keepSafe({ lab, setup, kept: this.#kept, field: this.#field, keep, signal });
    this.#ladder = new HelpLadder(lab, {
      put: (text) => {
        keep();
        this.#kept.replace(text);
        this.#field.code = text;
      },
      code: () => this.#field.code,
      onAssembled: () => void this.#check('assembled'),
    });
    this.#listen(keep, start.code);
  }

  #listen(keep: () => void, start: string): void {
    const on = (name: string, press: () => void): void => {
      const button = this.#lab.find(name, HTMLButtonElement);
      button.addEventListener('click', press, { signal: this.#signal });
    };
    on('run', () => void this.#run());
    on('check', () => void this.#check('written'));
    on('hint', () => void this.#withHelp((help) => this.#ladder.next(help, this.#checks.failing)));
    on('solution', () => void this.#withHelp((help) => this.#ladder.solution(help)));
    on('reset', () => {
      keep();
      this.#kept.replace(start);
      this.#field.code = start;
      this.#field.mark(null);
      this.#say('This is the start again. What you had stands under Earlier versions.');
    });
  }

  async #run(): Promise<void> {
    await this.#doing('run', async (workshop, signal) => {
      const { runView } = await loadScript(() => import('./run-view.ts'));
      const run = await workshop.run(this.#field.code, this.#form.call, signal);
      const trace = workshop.place?.trace.events ?? [];
      this.#lab.find('ran', HTMLElement).innerHTML = runView(run, trace, this.#lab.id);
      this.#say(`It answered ${String(run.status)}.`);
    });
  }

  async #check(how: 'written' | 'assembled'): Promise<void> {
    await this.#doing('check', async (workshop, signal) => {
      const checks = await checksOfLab(this.#setup.id);
      this.#checks.clear();
      const verdicts = await workshop.check(this.#field.code, checks, signal, (check, verdict) => {
        this.#checks.show(check.name, verdict);
        this.#say(`Checking: ${check.name}`);
      });
      this.#judge(verdicts, how);
    });
  }

  #judge(verdicts: readonly CheckVerdict[], how: 'written' | 'assembled'): void {
    const passed = verdicts.filter((one) => one.passed).map(({ name }) => name);
    const isDone = verdicts.every((one) => one.passed || one.level === 'edges');
    this.#kept.type(this.#field.code);
    this.#kept.check(passed, isDone, how);
    const signature = signatureOf(verdicts);
    this.#sameAgain =
      signature !== '' && signature === this.#lastSignature ? this.#sameAgain + 1 : 1;
    this.#lastSignature = signature;
    const isStuck = signature !== '' && this.#sameAgain >= STUCK_AFTER;
    const offer = isStuck ? ' The same three times: Hint has a small help.' : '';
    this.#say(summary(verdicts) + offer);
    if (isDone) void this.#why(verdicts);
    if (signature !== '') void this.#looksLike(verdicts);
  }

  /** One question, where it can be had: nobody has asked for it, so nothing is said where it cannot. */
  async #why(verdicts: readonly CheckVerdict[]): Promise<void> {
    const help = await this.#help().catch(() => null);
    if (help !== null) this.#ladder.why(help, failuresOf(verdicts));
  }

  /** A mutant that fails in the same checks says what this looks like. */
  async #looksLike(verdicts: readonly CheckVerdict[]): Promise<void> {
    const help = await this.#help().catch(() => null);
    const [alike] = help === null ? [] : misconceptions(failuresOf(verdicts), help.mutants);
    if (alike !== undefined) this.#checks.looksLike(alike.says);
  }

  async #withHelp(show: (help: LabHelp) => void): Promise<void> {
    try {
      show(await this.#help());
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  /** One run or check at a time; the button that began it ends it. */
  async #doing(
    name: 'run' | 'check',
    act: (workshop: LabWorkshop, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.#running !== null) {
      this.#running.abort(new DOMException('Cancelled.', 'AbortError'));
      return;
    }
    const button = this.#lab.find(name, HTMLButtonElement);
    const label = button.textContent;
    const life = new AbortController();
    this.#running = life;
    button.textContent = 'Cancel';
    this.#field.mark(null);
    this.#say('');
    try {
      const signal = AbortSignal.any([life.signal, this.#signal]);
      const workshop = await this.#open();
      await this.#bringUsed(workshop, signal);
      await act(workshop, signal);
    } catch (error) {
      this.#checks.stop();
      if (life.signal.aborted) this.#say('Cancelled. Nothing has changed.');
      else this.#tell(error);
    } finally {
      this.#running = null;
      button.textContent = label;
    }
  }

  /**
   * What Run and Check take is fetched while the reader reads, so that they also work when the network
   * has gone meanwhile. A sandbox is opened when the reader begins to write, so that the first Run is as
   * fast as all others. What fails here is told when it is pressed for.
   */
  #comeAhead(): void {
    const lab = this.#lab;
    const write = (): void => void this.#open().catch(() => undefined);
    const [host] = lab.getElementsByClassName('lab-field');
    host?.addEventListener('focusin', write, { once: true, signal: this.#signal });
    whenIdle(() => {
      const all = [
        import('#src/attempt/lab-workshop.ts').then(({ sandboxTexts }) => sandboxTexts()),
        import('./run-view.ts'),
        checksOfLab(this.#setup.id),
      ];
      Promise.all(all).then(
        () => (lab.dataset['fetched'] = ''),
        () => undefined,
      );
    });
  }

  #open(): Promise<LabWorkshop> {
    this.#workshop ??= loadScript(() => import('#src/attempt/lab-workshop.ts')).then(
      ({ LabWorkshop }) => {
        const { id, hasEntry } = this.#setup;
        const lab = { name: id.split('/')[1] ?? '', hasEntry, start: this.#start };
        return LabWorkshop.open(lab, this.#signal);
      },
    );
    this.#workshop.catch(() => (this.#workshop = null));
    return this.#workshop;
  }

  /** Gives the workshop what the code imports, and says whose it is. */
  async #bringUsed(workshop: LabWorkshop, signal: AbortSignal): Promise<void> {
    const { uses } = this.#setup;
    if (uses === null || !/^\s*import\b/m.test(this.#field.code)) return;
    this.#used ??= loadScript(() => import('./used-lab.ts')).then(
      ({ UsedLab }) => new UsedLab(uses, this.#signal),
    );
    this.#used.catch(() => (this.#used = null));
    const chosen = await (await this.#used).choose(signal);
    workshop.uses(chosen);
    this.#lab.find('used', HTMLElement).textContent = chosen.says;
  }

  #tell(error: unknown): void {
    const { fault } = error as Partial<BrokenCode>;
    if (fault !== undefined) this.#field.mark(fault);
    this.#say(error instanceof Error ? error.message : String(error), true);
  }

  #say(text: string, isFault = false): void {
    const status = this.#lab.find('status', HTMLElement);
    status.textContent = text;
    if (isFault) status.dataset['state'] = 'fault';
    else delete status.dataset['state'];
  }
}

/** Safari does not say when it is idle. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act);
  else setTimeout(act, TYPING_PAUSE_MS);
}
