/** An instance that is an operating-system process and serves HTTP on a port of its own. */

import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Exit, Invocation, Report, RequestMessage, RunningInstance } from '../protocol.ts';
import { Line } from './line.ts';
import type { PrintedLines } from './printed-lines.ts';
import type { MemoryMeter } from './process-memory.ts';
import type { ReportMessage, Usage } from './telemetry.ts';

export interface Child {
  readonly process: ChildProcess;
  readonly meter: MemoryMeter;
  readonly exited: Promise<Exit>;
  /** Why it is being ended by us; null while it is not. */
  ending: 'asked' | 'out-of-memory' | null;
  readonly printed: PrintedLines;
}

export interface InstanceOptions {
  readonly child: Child;
  readonly port: number;
  readonly token: string;
  readonly startMs: number;
  readonly initMs: number;
  /** How long it may take to leave when asked to; then it is killed. In ms. */
  readonly graceMs: number;
}

export class ProcessInstance implements RunningInstance {
  readonly startMs: number;
  readonly initMs: number;
  readonly pid: number | null;
  readonly exited: Promise<Exit>;
  readonly #child: Child;
  readonly #line: Line;
  readonly #graceMs: number;
  /** Calls whose report is still to come, by number. */
  readonly #awaited = new Map<number, PromiseWithResolvers<Report>>();
  #calls = 0;
  #gone: Error | null = null;

  constructor({ child, port, token, startMs, initMs, graceMs }: InstanceOptions) {
    this.#child = child;
    this.#line = new Line(port, token);
    this.#graceMs = graceMs;
    this.startMs = startMs;
    this.initMs = initMs;
    this.pid = child.process.pid ?? null;
    this.exited = child.exited;
    void child.exited.then(({ code, signal }) => {
      this.#gone = new Error(`The instance ended (${signal ?? `exit code ${code ?? 'unknown'}`})`);
      this.#line.close();
      for (const report of this.#awaited.values()) report.reject(this.#gone);
      this.#awaited.clear();
    });
  }

  async invoke(message: RequestMessage): Promise<Invocation> {
    if (this.#gone !== null) throw this.#gone;
    const call = ++this.#calls;
    const later = Promise.withResolvers<Report>();
    // Who made the call may never ask for it.
    later.promise.catch(() => undefined);
    this.#awaited.set(call, later);
    const exchanged = await this.#line.exchange(message, call).catch((error: unknown) => {
      this.#awaited.delete(call);
      throw this.#gone ?? error;
    });
    const { status, headers, body, usage } = exchanged;
    const response = { status, headers, body };
    if (usage !== null) {
      this.#awaited.delete(call);
      return { response, report: this.#afterLines(usage, null) };
    }
    const report = this.#afterBody(body, later.promise);
    report.catch(() => undefined);
    return { response, report };
  }

  memoryMb(): number | null {
    return this.#child.meter.read();
  }

  stop(): Promise<Exit> {
    this.#child.ending ??= 'asked';
    this.#child.process.kill('SIGTERM');
    const deadline = setTimeout(() => this.kill(), this.#graceMs);
    deadline.unref();
    void this.exited.then(() => clearTimeout(deadline));
    return this.exited;
  }

  kill(): void {
    this.#child.ending ??= 'asked';
    this.#child.process.kill('SIGKILL');
  }

  /** What the child says of a call whose end it had not seen when it answered. */
  reported({ call, error, ...usage }: ReportMessage): void {
    const later = this.#awaited.get(call);
    this.#awaited.delete(call);
    later?.resolve(this.#afterLines(usage, error));
  }

  /** The child may have written its last byte long before we have read it. */
  async #afterBody(body: Uint8Array | Readable | null, report: Promise<Report>): Promise<Report> {
    if (body !== null && !(body instanceof Uint8Array) && !body.closed) {
      await new Promise<void>((resolve) => body.once('close', resolve));
    }
    return report;
  }

  /** What a call has printed is here before its end is known. */
  async #afterLines({ handlerMs, cpuMs, lines }: Usage, error: Report['error']): Promise<Report> {
    const { printed } = this.#child;
    if (!printed.has(lines)) await printed.reach(lines);
    return { handlerMs, cpuMs, error };
  }
}
