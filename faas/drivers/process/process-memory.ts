/**
 * Private memory of other processes: what is freed when they end. On Linux it is resident memory
 * without file pages (RssAnon + RssShmem of /proc/<pid>/status; shared mappings count, since no
 * other process uses them); on macOS the `rss` of `ps`, which includes shared pages of the Node
 * program; on Windows it is not measured.
 */

import { execFile } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Measures one process until it is closed. */
export interface MemoryMeter {
  /** In MB (10^6 bytes), now or as last measured; null where it cannot be measured. */
  read(): number | null;
  close(): void;
}

/** @param pid null for a process that could not be started */
export function memoryMeter(pid: number | null): MemoryMeter {
  if (pid === null || process.platform === 'win32') {
    return { read: () => null, close: () => undefined };
  }
  return process.platform === 'linux' ? new ProcMeter(pid) : new PsMeter(pid);
}

/** A reading is reused for this long, because reading takes a noticeable part of a warm call. In ms. */
const FRESH_MS = 5;

let pageBytes = 0;

/** 4096 on x86-64, up to 65536 on Arm. */
function pageSize(): number {
  if (pageBytes > 0) return pageBytes;
  const kilobytes = /KernelPageSize:\s+(\d+) kB/.exec(readFileSync('/proc/self/smaps', 'latin1'));
  pageBytes = Number(kilobytes?.[1] ?? 4) * 1024;
  return pageBytes;
}

/** `status` is read again when shared pages have changed by more than this. */
const SHARED_STEP_BYTES = 1e6;

class ProcMeter implements MemoryMeter {
  readonly #pid: number;
  readonly #buffer = Buffer.alloc(128);
  #file: number | null;
  #lastMb: number | null = null;
  #readAt = -Infinity;
  /** At the last read of `status`: all shared pages, and those without a file. In bytes. */
  #shared = { all: -Infinity, ofNoFile: 0 };

  constructor(pid: number) {
    this.#pid = pid;
    try {
      this.#file = openSync(`/proc/${pid}/statm`, 'r');
    } catch {
      this.#file = null;
    }
  }

  read(): number | null {
    const now = performance.now();
    if (now - this.#readAt < FRESH_MS) return this.#lastMb;
    this.#readAt = now;
    return (this.#lastMb = this.#measure());
  }

  #measure(): number | null {
    if (this.#file === null) return null;
    try {
      const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, 0);
      const [, resident, shared] = this.#buffer.toString('latin1', 0, length).split(' ');
      const all = Number(shared) * pageSize();
      const bytes = Number(resident) * pageSize() - all + this.#ofNoFile(all);
      return bytes > 0 ? bytes / 1e6 : null;
    } catch {
      return null;
    }
  }

  /**
   * Shared pages that belong to no file. `statm` gives only the sum with file pages; `status` gives
   * both but takes ten times as long to read, so it is read only when the sum has changed.
   */
  #ofNoFile(all: number): number {
    if (Math.abs(all - this.#shared.all) <= SHARED_STEP_BYTES) return this.#shared.ofNoFile;
    const status = readFileSync(`/proc/${this.#pid}/status`, 'latin1');
    const kilobytes = /^RssShmem:\s+(\d+) kB/m.exec(status)?.[1] ?? 0;
    const ofNoFile = Number(kilobytes) * 1024;
    this.#shared = { all, ofNoFile };
    return ofNoFile;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

/** Each read starts a new `ps` and returns the result of the last one that finished. */
class PsMeter implements MemoryMeter {
  readonly #pid: number;
  #lastMb: number | null = null;
  #asking = false;

  constructor(pid: number) {
    this.#pid = pid;
  }

  read(): number | null {
    if (!this.#asking) {
      this.#asking = true;
      execFile('ps', ['-o', 'rss=', '-p', String(this.#pid)], (error, stdout) => {
        this.#asking = false;
        if (error === null) this.#lastMb = (Number(stdout) * 1024) / 1e6;
      });
    }
    return this.#lastMb;
  }

  close(): void {
    this.#asking = true;
  }
}
