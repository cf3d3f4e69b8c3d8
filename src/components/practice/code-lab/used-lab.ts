/** An earlier lab that this one imports: the reader's own code where it passes, else the solution. */

import type { LabHelp } from '#src/attempt/help.ts';
import { BrokenCode, LabWorkshop, type UsedCode } from '#src/attempt/lab-workshop.ts';
import { progress } from '#src/progress/store.ts';
import { siteUrl } from '#src/site/base.ts';
import { readWritten } from '../../written.ts';
import { checksOfLab } from './checks.ts';

/** The code to import, and whose it is. */
export interface ChosenCode extends UsedCode {
  readonly isOwn: boolean;
  /** For the reader. */
  readonly says: string;
}

export class UsedLab {
  readonly #id: string;
  readonly #life: AbortSignal;
  /** What was chosen last, for the code that the reader had then. */
  #last: { readonly own: string | null; readonly chosen: ChosenCode } | null = null;

  /** @param life ends every check */
  constructor(id: string, life: AbortSignal) {
    [this.#id, this.#life] = [id, life];
  }

  get #specifier(): string {
    return `./${this.#name}.ts`;
  }

  get #name(): string {
    return this.#id.split('/')[1] ?? '';
  }

  /** Whether code imports it. */
  isNamedIn(code: string): boolean {
    return code.includes(this.#specifier);
  }

  /** @throws with what to do, when the solution is needed and does not come */
  async choose(signal: AbortSignal): Promise<ChosenCode> {
    const own = progress().get('lab', this.#id)?.code ?? null;
    if (this.#last !== null && this.#last.own === own) return this.#last.chosen;
    const isOwn = own !== null && (await this.#holds(own, signal));
    const chosen = {
      specifier: this.#specifier,
      isOwn,
      code: isOwn ? own : await this.#solution(),
      says: isOwn
        ? `It imports your own ${this.#name}.`
        : `It imports the course’s ${this.#name}${own === null ? '' : ', since yours does not hold its contract yet'}.`,
    };
    this.#last = { own, chosen };
    return chosen;
  }

  /** Whether the reader's code holds the contract of its lab. */
  async #holds(code: string, signal: AbortSignal): Promise<boolean> {
    const life = new AbortController();
    const both = AbortSignal.any([this.#life, life.signal]);
    try {
      const workshop = await LabWorkshop.open({ name: this.#name, hasEntry: true }, both);
      const verdicts = await workshop.check(code, await checksOfLab(this.#id), signal);
      return verdicts.every(({ passed, level }) => passed || level === 'edges');
    } catch (error) {
      if (error instanceof BrokenCode) return false;
      throw error;
    } finally {
      life.abort();
    }
  }

  async #solution(): Promise<string> {
    const help = await readWritten<LabHelp>(siteUrl(`/labs/${this.#id}/help.json`));
    if (typeof help?.solution === 'string') return help.solution;
    throw new Error(
      `The code of ${this.#name} did not come. Look whether the page can reach its server, and press again.`,
    );
  }
}
