/**
 * The reader's attempt at one lab, in this browser: code, and what was chosen beside it. Nothing takes
 * the code away: whatever is replaced is kept among the earlier versions, also when another tab or an
 * imported file brings other code.
 */

import type { AnswerRecord, LabRecord } from '../progress/records.ts';
import type { ProgressStore } from '../progress/store.ts';
import { withChoice } from '../progress/lab-choices.ts';
import { withVersion, type CodeVersion } from '../progress/lab-versions.ts';

/** The lab that is attempted. */
export interface AttemptedLab {
  /** `<lesson>/<lab>` */
  readonly id: string;
  /** What the code is at first; empty for a lab without code. */
  readonly start: string;
  /** A hash of the start. */
  readonly version: string;
  /** Names of all that has to pass for the contract to hold. */
  readonly contract: readonly string[];
}

export class KeptAttempt {
  readonly #store: ProgressStore;
  readonly #lab: AttemptedLab;
  /** The code as this tab last knew it to be kept. */
  #known: string;

  constructor(store: ProgressStore, lab: AttemptedLab) {
    this.#store = store;
    this.#lab = lab;
    this.#known = this.code;
  }

  get record(): LabRecord | undefined {
    return this.#store.get('lab', this.#lab.id);
  }

  /** What the editor shows at first. */
  get code(): string {
    return this.record?.code ?? this.#lab.start;
  }

  /** The lab itself has changed since the reader began. */
  get isOfEarlierLab(): boolean {
    const { record } = this;
    return record !== undefined && record.start !== this.#lab.version;
  }

  get versions(): readonly CodeVersion[] {
    return (this.record?.versions ?? []).map((text) => {
      const [at = '', ...lines] = text.split('\n');
      return { at, code: lines.join('\n') };
    });
  }

  /** Other code than this tab's has been kept, by another tab; null when it is the same. */
  get elsewhere(): string | null {
    const kept = this.record?.code;
    return kept === undefined || kept === this.#known ? null : kept;
  }

  /** The contract holds, or has held. */
  get isDone(): boolean {
    return this.record?.done === true;
  }

  /** Keeps what the reader has typed. Code that another tab has kept meanwhile becomes a version. */
  type(code: string): void {
    if (code === this.record?.code) return;
    const other = this.elsewhere;
    this.#keep(code, other === null ? [] : [other]);
  }

  /** Puts other code in place of the reader's, which becomes a version. */
  replace(code: string): void {
    const own = this.code;
    const isKept = own !== this.#lab.start && own !== code;
    this.#keep(code, isKept ? [own] : []);
  }

  /** Takes what another tab has kept; this tab's own code becomes a version. */
  take(own: string): string {
    const { code } = this;
    this.#keep(code, own === code || own === this.#lab.start ? [] : [own]);
    return code;
  }

  /**
   * What was chosen or typed beside the code: where a card lies, an amount, the order of given lines.
   * @param name `card/halves/form`, `amount/before`, `lines`
   */
  choice(name: string): string | undefined {
    const start = `${name}=`;
    return this.record?.choices?.find((one) => one.startsWith(start))?.slice(start.length);
  }

  /** Keeps a choice. @param name without = */
  choose(name: string, value: string): void {
    if (this.choice(name) === value) return;
    const record = this.#record();
    this.#set({ ...record, choices: withChoice(record.choices ?? [], name, value) });
  }

  /**
   * Keeps what passes.
   * @param judged names of what was looked at now; for others stays what is known of them
   * @param how the attempt came to be: `written`, `assembled` from given lines, or `sorted`
   */
  judge(judged: readonly string[], passed: readonly string[], how: string): void {
    const record = this.#record();
    const others = record.passed.filter((name) => !judged.includes(name));
    const all = [...others, ...passed];
    const holds = this.#lab.contract.every((name) => all.includes(name));
    // What has once been written stays so, whatever is tried afterwards.
    const isNew = !record.done || (holds && record.how !== 'written');
    const done = record.done || holds;
    this.#set({ ...record, passed: all, done, how: isNew ? how : record.how });
  }

  /** What the reader answered to “why does it pass?”; undefined where the question has another hash now. */
  explained(hash: string): AnswerRecord | undefined {
    const kept = this.#store.get('answer', this.#question);
    return kept?.hash === hash ? kept : undefined;
  }

  /** Kept with the answers to questions, so that it can be asked again with them. */
  explain(answer: Omit<AnswerRecord, 'at'>): void {
    this.#store.set('answer', this.#question, { ...answer, at: new Date().toISOString() });
  }

  /** `<lesson>/lab-<lab>`, as the element of the lab is called. */
  get #question(): string {
    return this.#lab.id.replace('/', '/lab-');
  }

  #keep(code: string, left: readonly string[]): void {
    const record = this.#record();
    const at = new Date().toISOString();
    let versions: readonly string[] = record.versions;
    for (const one of left) versions = withVersion(versions, { at, code: one });
    this.#known = code;
    this.#set({ ...record, code, versions });
  }

  #record(): LabRecord {
    return (
      this.record ?? {
        at: '',
        start: this.#lab.version,
        code: this.#lab.start,
        versions: [],
        passed: [],
        done: false,
        how: 'written',
      }
    );
  }

  #set(record: LabRecord): void {
    this.#store.set('lab', this.#lab.id, { ...record, at: new Date().toISOString() });
  }
}
