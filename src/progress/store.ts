/**
 * The reader's work in `localStorage`, one key a record: two tabs that write different records do not
 * overwrite each other. Where storage is blocked or full the page works on, and says so.
 */

import { storageName } from '../site/base.ts';
import {
  recordFault,
  recordKind,
  type AnyRecord,
  type RecordKey,
  type RecordKind,
  type RecordTypes,
} from './records.ts';

const PREFIX = storageName('course:');

/** `blocked`: nothing can be kept. `full`: what was kept stays, what comes now is lost with the page. */
export type Keeping = 'kept' | 'blocked' | 'full';

/** Dispatches `change` after every change, of other tabs too. */
export class ProgressStore extends EventTarget {
  readonly #storage: Storage | null;
  /** What could not be stored; it is lost with the page. Always newer than what storage has. */
  readonly #unkept = new Map<RecordKey, AnyRecord>();
  #keeping: Keeping;

  /** @param storage null when the browser refuses it */
  constructor(storage: Storage | null) {
    super();
    this.#storage = storage;
    this.#keeping = storage === null ? 'blocked' : 'kept';
  }

  get keeping(): Keeping {
    return this.#keeping;
  }

  /** The record of a kind under an id, unless there is none or it is damaged. */
  get<K extends RecordKind>(kind: K, id: string): RecordTypes[K] | undefined {
    const key: RecordKey = `${kind}:${id}`;
    return (this.#unkept.get(key) ?? this.#read(key)) as RecordTypes[K] | undefined;
  }

  /** Keeps a record and dispatches `change`. */
  set<K extends RecordKind>(kind: K, id: string, record: RecordTypes[K]): void {
    this.#write(`${kind}:${id}`, record);
    this.dispatchEvent(new Event('change'));
  }

  /** Every record, by key. */
  all(): Map<RecordKey, AnyRecord> {
    const records = new Map<RecordKey, AnyRecord>();
    for (const key of [...this.#keys(), ...this.#unkept.keys()]) {
      const record = this.#unkept.get(key as RecordKey) ?? this.#read(key as RecordKey);
      if (record !== undefined) records.set(key as RecordKey, record);
    }
    return records;
  }

  /**
   * Adds records.
   * @param join what stays of two for one key: `joined`
   */
  merge(
    records: ReadonlyMap<RecordKey, AnyRecord>,
    join: (own: AnyRecord, other: AnyRecord) => AnyRecord,
  ): void {
    const mine = this.all();
    for (const [key, record] of records) {
      const own = mine.get(key);
      this.#write(key, own === undefined ? record : join(own, record));
    }
    this.dispatchEvent(new Event('change'));
  }

  erase(): void {
    for (const key of this.#keys()) this.#storage?.removeItem(PREFIX + key);
    this.#unkept.clear();
    if (this.#keeping === 'full') this.#keeping = 'kept';
    this.dispatchEvent(new Event('change'));
  }

  /** Another tab changed something; to be called on the window's `storage` event. */
  changedElsewhere({ key, storageArea }: StorageEvent): void {
    if (storageArea !== this.#storage || (key !== null && !key.startsWith(PREFIX))) return;
    this.dispatchEvent(new Event('change'));
  }

  #keys(): string[] {
    if (this.#storage === null) return [];
    return Object.keys(this.#storage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
      .filter((key) => recordKind(key) !== undefined);
  }

  #read(key: RecordKey): AnyRecord | undefined {
    const kind = recordKind(key);
    const text = this.#storage?.getItem(PREFIX + key);
    if (kind === undefined || text === null || text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return recordFault(kind, value) === undefined ? (value as AnyRecord) : undefined;
    } catch {
      return undefined;
    }
  }

  /** What could not be stored before is tried again: there may be room now. */
  #write(key: RecordKey, record: AnyRecord): void {
    this.#unkept.set(key, record);
    if (this.#storage === null) return;
    for (const [name, value] of this.#unkept) {
      try {
        this.#storage.setItem(PREFIX + name, JSON.stringify(value));
        this.#unkept.delete(name);
      } catch {
        // It is tried again with the next one.
      }
    }
    this.#keeping = this.#unkept.size === 0 ? 'kept' : 'full';
  }
}

let shared: ProgressStore | undefined;

/** The store of this page, opened at first use. */
export function progress(): ProgressStore {
  if (shared === undefined) {
    const store = new ProgressStore(openStorage());
    window.addEventListener('storage', (event) => store.changedElsewhere(event));
    shared = store;
  }
  return shared;
}

/** Null when the browser forbids it: then even touching `localStorage` may throw. */
function openStorage(): Storage | null {
  try {
    const probe = `${PREFIX}probe`;
    localStorage.setItem(probe, '');
    localStorage.removeItem(probe);
    return localStorage;
  } catch (error) {
    // A full storage can still be read, and what is kept in it is worth showing.
    return error instanceof DOMException && error.name === 'QuotaExceededError'
      ? localStorage
      : null;
  }
}
