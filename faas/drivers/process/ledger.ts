/**
 * An instance's notes on its calls, in a small unnamed file that platform and instance both hold
 * open. The instance writes when a call begins and when it ends; the platform reads once it has the
 * response, or once the instance has ended. A write wakes no reader, so a note costs 2 µs, against
 * 13 µs for a pipe with a listener. A function's response headers cannot forge a note.
 */

import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A running call: its number, and its slot in the ledger. */
export interface LedgerEntry {
  /** From 1; never reused. */
  readonly call: number;
  readonly slot: number;
}

/** How far a call has got. `failed`: its handler threw; the error itself comes by telemetry. */
export type CallState = 'not-begun' | 'begun' | 'done' | 'failed';

/** What the ledger has on one call. */
export interface Note {
  readonly state: CallState;
  /** Valid only once the call has ended. */
  readonly usage: CallUsage;
}

/** What one call used. */
export interface CallUsage {
  /** From the call of the handler to the end of its body, in ms. */
  readonly handlerMs: number;
  /** CPU time in ms; null where it cannot be measured. */
  readonly cpuMs: number | null;
  /** Lines that the instance has printed since it started. */
  readonly lines: number;
}

/**
 * A slot is five numbers of 64 bits, in the machine's own byte order: call, state, handlerMs, cpuMs
 * (NaN: null), lines. Both runtimes write it, so `python_runtime.py` has this layout too.
 */
const FIELDS = 5;
const SLOT_BYTES = FIELDS * 8;
const STATES: readonly CallState[] = ['not-begun', 'begun', 'done', 'failed'];

/** File descriptor under which an instance finds its ledger. */
export const LEDGER_FD = 4;

/** The platform's side: gives out slots and reads them. */
export class Ledger {
  /** Pass this to the instance as descriptor {@link LEDGER_FD}. */
  readonly fd: number;
  readonly #fields = new Float64Array(FIELDS);
  readonly #free: number[] = [];
  #slots = 0;
  #calls = 0;
  #isOpen = true;

  /** @param folder that only this user can write @throws when no file can be opened there */
  constructor(folder: string, name: string) {
    const path = join(folder, `${name}.ledger`);
    this.fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
  }

  open(): LedgerEntry {
    return { call: ++this.#calls, slot: this.#free.pop() ?? this.#slots++ };
  }

  /** @throws when the ledger is closed, as its descriptor may then belong to another file */
  read({ call, slot }: LedgerEntry): Note {
    if (!this.#isOpen) throw new Error('The ledger is closed');
    const fields = this.#fields;
    const length = readSync(this.fd, fields, 0, SLOT_BYTES, slot * SLOT_BYTES);
    // A slot never written to may lie beyond the end of the file.
    const isOurs = length === SLOT_BYTES && fields[0] === call;
    const [, state = 0, handlerMs = 0, cpuMs = NaN, lines = 0] = fields;
    return {
      state: isOurs ? (STATES[state] ?? 'begun') : 'not-begun',
      usage: { handlerMs, cpuMs: Number.isNaN(cpuMs) ? null : cpuMs, lines },
    };
  }

  /** Frees the slot for another call. Only after the call has ended and noted everything. */
  release({ slot }: LedgerEntry): void {
    this.#free.push(slot);
  }

  close(): void {
    if (this.#isOpen) closeSync(this.fd);
    this.#isOpen = false;
  }
}

/** The side of an instance that runs on Node. */
export class LedgerWriter {
  readonly #fields = new Float64Array(FIELDS);
  /** Saved at start, because a function may replace what `node:fs` exports. */
  readonly #write = writeSync;

  begun({ call, slot }: LedgerEntry): void {
    this.#fields.set([call, 1, 0, NaN, 0]);
    this.#write(LEDGER_FD, this.#fields, 0, SLOT_BYTES, slot * SLOT_BYTES);
  }

  ended({ call, slot }: LedgerEntry, state: 'done' | 'failed', usage: CallUsage): void {
    const { handlerMs, cpuMs, lines } = usage;
    this.#fields.set([call, STATES.indexOf(state), handlerMs, cpuMs ?? NaN, lines]);
    this.#write(LEDGER_FD, this.#fields, 0, SLOT_BYTES, slot * SLOT_BYTES);
  }
}
