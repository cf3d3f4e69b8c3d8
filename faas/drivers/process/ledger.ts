/**
 * What an instance notes of its calls: a small file that the platform and the instance both hold
 * open and that has no name. The instance writes when a call begins and when it has ended; the
 * platform reads once the answer is there, or once the instance is gone. A write wakes nobody, so a
 * note costs 2 µs where a pipe that is listened to costs 13. No header of an answer can forge it.
 */

import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A call that runs: its number, and where in the ledger its notes go. */
export interface LedgerEntry {
  /** From 1, never given twice. */
  readonly call: number;
  readonly slot: number;
}

/** How far a call has come. `failed`: its handler threw; the error itself comes by telemetry. */
export type CallState = 'not-begun' | 'begun' | 'done' | 'failed';

export interface Note {
  readonly state: CallState;
  /** Of a call that has ended. */
  readonly usage: CallUsage;
}

export interface CallUsage {
  /** From the call of the handler to the end of its body, in ms. */
  readonly handlerMs: number;
  /** CPU time in ms, null where it cannot be told. */
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

/** The platform's end. */
export class Ledger {
  /** To be handed to the instance as {@link LEDGER_FD}. */
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

  /** @throws when it is closed: its descriptor may be another file's by then */
  read({ call, slot }: LedgerEntry): Note {
    if (!this.#isOpen) throw new Error('The ledger is closed');
    const fields = this.#fields;
    const length = readSync(this.fd, fields, 0, SLOT_BYTES, slot * SLOT_BYTES);
    // A slot that was never written to may lie beyond the end of the file.
    const isOurs = length === SLOT_BYTES && fields[0] === call;
    const [, state = 0, handlerMs = 0, cpuMs = NaN, lines = 0] = fields;
    return {
      state: isOurs ? (STATES[state] ?? 'begun') : 'not-begun',
      usage: { handlerMs, cpuMs: Number.isNaN(cpuMs) ? null : cpuMs, lines },
    };
  }

  /** The call has ended, and nothing more will be noted of it: another may have its slot. */
  release({ slot }: LedgerEntry): void {
    this.#free.push(slot);
  }

  close(): void {
    if (this.#isOpen) closeSync(this.fd);
    this.#isOpen = false;
  }
}

/** The end of an instance that runs on Node. */
export class LedgerWriter {
  readonly #fields = new Float64Array(FIELDS);
  /** As it was when the runtime started: a function may replace what `node:fs` exports. */
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
