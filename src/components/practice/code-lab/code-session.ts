/** The controls of a lab with code: Run, Check, Hint, Solution, Reset. */

import type { CheckVerdict } from '#faas/labs/run-checks.ts';
import { failuresOf, misconception } from '#faas/labs/misconception.ts';
import type { LabHelp } from '#src/attempt/help.ts';
import type { BrokenCode, LabWorkshop } from '#src/attempt/lab-workshop.ts';
import type { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import type { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';
import { CallForm } from './call-form.ts';
import { checksOfLab, outsideOfLab } from './checks.ts';
import { codeField } from './code-area.ts';
import type { CodeField } from './code-field.ts';
import { CheckList } from './check-list.ts';
import { HelpLadder } from './help-ladder.ts';
import { keepSafe } from './safe-keeping.ts';
import type { FirstCall, LabSetup } from './setup.ts';
import type { ChosenCode, UsedLab } from './used-lab.ts';
import { sharedView, signatureOf, summary } from './verdict.ts';

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
  readonly kept: KeptAttempt;
  /** The code that the lab begins with. */
  readonly start: string;
}

/** `assembled` from given lines, or `written`. */
type How = 'written' | 'assembled';

export class CodeSession {
  readonly #lab: CourseElement;
  readonly #setup: LabSetup;
  readonly #help: () => Promise<LabHelp>;
  readonly #signal: AbortSignal;
  readonly #kept: KeptAttempt;
  readonly #start: string;
  readonly #field: CodeField;
  readonly #form: CallForm;
  readonly #checks: CheckList;
  readonly #ladder: HelpLadder;
  /** Puts other code into the editor; the reader's own becomes an earlier version. */
  readonly #put: (code: string) => void;
  #workshop: Promise<LabWorkshop> | null = null;
  /** The lab whose code this one imports; null until it is needed. */
  #used: Promise<readonly UsedLab[]> | null = null;
  /** What runs now; a second press ends it. */
  #running: AbortController | null = null;
  /** Code that was given, whole or in lines: as long as it stays so, the reader has not written it. */
  #assembled: string | null;
  #lastSignature = '';
  #sameAgain = 0;
  #isTestOffered = false;

  /** @param signal ends all of it */
  constructor({ lab, setup, call, help, kept, start }: CodeSessionParts, signal: AbortSignal) {
    this.#lab = lab;
    this.#setup = setup;
    this.#help = help;
    this.#signal = signal;
    this.#start = start;
    this.#kept = kept;
    this.#assembled = kept.record?.how === 'assembled' ? kept.code : null;
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
    const code = lab.find('code', HTMLElement);
    this.#field = codeField(code, kept.code, 'Your code', typed, () => this.#comeAhead());
    // What was typed last is kept also when the page is left at once.
    window.addEventListener('pagehide', keep, { signal });
    signal.addEventListener('abort', keep, { once: true });
    keepSafe({
      lab,
      setup,
      kept,
      start,
      field: this.#field,
      keep,
      failed: () => this.#checks.failed,
      signal,
    });
    this.#put = (text) => {
      keep();
      kept.replace(text);
      this.#field.code = text;
      this.#field.mark(null);
    };
    const hands = {
      put: (text: string) => {
        this.#put(text);
        this.#assembled = text;
      },
      code: () => this.#field.code,
      onAssembled: (text: string) => this.assemble(text),
    };
    this.#ladder = new HelpLadder(lab, kept, hands, signal);
    this.#listen(start);
    if (kept.isDone) void this.#offerTestAgain();
  }

  /** Checks code that the reader has put together; their own becomes an earlier version. */
  assemble(code: string): void {
    this.#put(code);
    this.#assembled = code;
    void this.#check();
  }

  #listen(start: string): void {
    const on = (name: string, press: () => void): void => {
      const button = this.#lab.find(name, HTMLButtonElement);
      button.addEventListener('click', press, { signal: this.#signal });
    };
    on('run', () => void this.#run());
    on('check', () => void this.#check());
    on('hint', () => void this.#withHelp((help) => this.#ladder.next(help, this.#checks.failing)));
    on('solution', () => void this.#withHelp((help) => this.#ladder.solution(help)));
    on('reset', () => {
      this.#put(start);
      this.#say('This is the start again. What you had stands under Earlier versions.');
    });
  }

  async #run(): Promise<void> {
    await this.#doing('run', async (workshop, signal) => {
      const outside = await outsideOfLab(this.#setup.id);
      if (outside !== null) {
        const { body } = this.#form.call;
        const ran = await workshop.runShared(this.#field.code, body ?? '', outside, signal);
        this.#lab.find('ran', HTMLElement).innerHTML = String(
          sharedView(ran, `${this.#lab.id}-run`),
        );
        this.#say(`${ran.results.length} calls have ended.`);
        return;
      }
      const { runView } = await loadScript(() => import('./run-view.ts'));
      const run = await workshop.run(this.#field.code, this.#form.call, signal);
      const trace = workshop.place?.trace.events ?? [];
      this.#lab.find('ran', HTMLElement).innerHTML = runView(run, trace, this.#lab.id);
      this.#say(`It answered ${String(run.status)}.`);
    });
  }

  async #check(): Promise<void> {
    await this.#doing('check', async (workshop, signal) => {
      const checks = await checksOfLab(this.#setup.id);
      this.#checks.clear();
      const verdicts = await workshop.check(
        this.#field.code,
        checks,
        signal,
        (check, verdict, share) => {
          this.#checks.show(check.name, verdict, share);
          if (share === undefined) this.#say(`Checking: ${check.name}`);
        },
      );
      this.#judge(verdicts);
    });
  }

  #judge(verdicts: readonly CheckVerdict[]): void {
    const passed = verdicts.filter((one) => one.passed).map(({ name }) => name);
    const holds = verdicts.every((one) => one.passed || one.level === 'edges');
    const { code } = this.#field;
    const how: How = code === this.#assembled ? 'assembled' : 'written';
    this.#kept.type(code);
    this.#kept.judge(
      verdicts.map(({ name }) => name),
      passed,
      how,
    );
    const signature = signatureOf(verdicts);
    this.#sameAgain =
      signature !== '' && signature === this.#lastSignature ? this.#sameAgain + 1 : 1;
    this.#lastSignature = signature;
    const isStuck = signature !== '' && this.#sameAgain >= STUCK_AFTER;
    const offer = isStuck ? ' The same three times: Hint has a small help.' : '';
    const rest =
      holds && !this.#kept.isDone ? ' To be done, sort the rest and give the numbers.' : '';
    this.#say(summary(verdicts, this.#kept.isDone) + rest + offer);
    if (holds) void this.#afterPass(verdicts);
    else this.#ladder.beside('', null);
    if (signature !== '') void this.#looksLike(verdicts);
  }

  /** A question and a test, where they can be had: nobody has asked, so nothing is said where they cannot. */
  async #afterPass(verdicts: readonly CheckVerdict[]): Promise<void> {
    const help = await this.#help().catch(() => null);
    if (help === null) return;
    if (help.keptOutside !== null) {
      const { keptOutside } = await loadScript(() => import('#src/attempt/kept-outside.ts'));
      this.#ladder.beside(help.keptOutside, keptOutside(this.#field.code));
    }
    this.#ladder.why(help, failuresOf(verdicts));
    await this.#offerTest(help);
  }

  /** A mutant that fails in the same checks says what this looks like. */
  async #looksLike(verdicts: readonly CheckVerdict[]): Promise<void> {
    const help = await this.#help().catch(() => null);
    const alike = help === null ? null : misconception(failuresOf(verdicts), help);
    if (alike !== null) this.#checks.looksLike(alike.says);
  }

  async #offerTestAgain(): Promise<void> {
    const help = await this.#help().catch(() => null);
    if (help !== null) await this.#offerTest(help);
  }

  /** A test by choosing, once the contract holds: its wrong functions are nearly right ones. */
  async #offerTest({ pick }: LabHelp): Promise<void> {
    if (pick === null || this.#isTestOffered) return;
    this.#isTestOffered = true;
    const panel = document.createElement('section');
    panel.className = 'lab-help lab-test';
    this.#lab.find('help', HTMLElement).after(panel);
    const { PickChecks } = await loadScript(() => import('./pick-checks.ts'));
    const hands = {
      kept: this.#kept.choice('pick'),
      onPick: (names: string) => this.#kept.choose('pick', names),
      caughtBy: (code: string, names: readonly string[]) => this.#caughtBy(code, names),
    };
    new PickChecks(panel, pick, hands, this.#signal);
  }

  async #caughtBy(code: string, names: readonly string[]): Promise<string | null> {
    const checks = await checksOfLab(this.#setup.id);
    const chosen = checks.filter(({ name }) => names.includes(name));
    const verdicts = await (await this.#open()).check(code, chosen, this.#signal);
    return verdicts.find(({ passed }) => !passed)?.name ?? null;
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
    const { code } = this.#field;
    if (uses.length === 0 || !/^\s*import\b/m.test(code)) return;
    this.#used ??= loadScript(() => import('./used-lab.ts')).then(({ UsedLab }) =>
      uses.map((id) => new UsedLab(id, this.#signal)),
    );
    this.#used.catch(() => (this.#used = null));
    const all = await this.#used;
    const named = all.filter((used) => used.isNamedIn(code));
    const chosen: ChosenCode[] = [];
    // Where it names none of them, it is told what it could have named.
    for (const used of named.length > 0 ? named : all) chosen.push(await used.choose(signal));
    workshop.uses(chosen);
    const says = chosen.map((one) => one.says).join(' ');
    this.#lab.find('used', HTMLElement).textContent = says;
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
