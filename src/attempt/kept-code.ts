/**
 * The reader's code of one lab, in this browser. Nothing takes it away: whatever is replaced is kept
 * among the earlier versions, also when another tab or an imported file brings other code.
 */

import type { LabRecord } from '../progress/records.ts';
import type { ProgressStore } from '../progress/store.ts';
import { withVersion, type CodeVersion } from '../progress/lab-versions.ts';

export class KeptCode {
  readonly #store: ProgressStore;
  readonly #id: string;
  readonly #start: { readonly code: string; readonly version: string };
  /** The code as this tab last knew it to be kept; null when it knew of none. */
  #known: string | null;

  /**
   * @param id `<lesson>/<lab>`
   * @param start what the lab begins with, and a hash of it
   */
  constructor(
    store: ProgressStore,
    id: string,
    start: { readonly code: string; readonly version: string },
  ) {
    this.#store = store;
    this.#id = id;
    this.#start = start;
    this.#known = this.record?.code ?? null;
  }

  get record(): LabRecord | undefined {
    return this.#store.get('lab', this.#id);
  }

  /** What the editor shows at first. */
  get code(): string {
    return this.record?.code ?? this.#start.code;
  }

  /** The lab itself has changed since the reader began. */
  get isOfEarlierLab(): boolean {
    const { record } = this;
    return record !== undefined && record.start !== this.#start.version;
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

  /** Keeps what the reader has typed. Code that another tab has kept meanwhile becomes a version. */
  type(code: string): void {
    if (code === this.record?.code) return;
    const other = this.elsewhere;
    this.#keep(code, other === null ? [] : [other]);
  }

  /** Puts other code in place of the reader's, which becomes a version. */
  replace(code: string): void {
    const own = this.code;
    const isKept = own !== this.#start.code && own !== code;
    this.#keep(code, isKept ? [own] : []);
  }

  /** Takes what another tab has kept; this tab's own code becomes a version. */
  take(own: string): string {
    const { code } = this;
    this.#keep(code, own === code || own === this.#start.code ? [] : [own]);
    return code;
  }

  /** Keeps which checks pass. @param how the code came to be */
  check(passed: readonly string[], isDone: boolean, how: LabRecord['how']): void {
    const record = this.#record();
    this.#set({ ...record, passed: [...passed], done: record.done || isDone, how });
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
        start: this.#start.version,
        code: this.#start.code,
        versions: [],
        passed: [],
        done: false,
        how: 'written',
      }
    );
  }

  #set(record: LabRecord): void {
    this.#store.set('lab', this.#id, { ...record, at: new Date().toISOString() });
  }
}
