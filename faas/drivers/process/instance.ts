/** An instance that is an operating-system process and serves HTTP on a port of its own. */

import type { Exit, Invocation, RequestMessage, RunningInstance } from '../protocol.ts';
import type { Calls } from './calls.ts';
import type { Child } from './child.ts';

/** The parts of a started instance, and its times in ms. */
export interface InstanceOptions {
  readonly child: Child;
  readonly calls: Calls;
  readonly startMs: number;
  readonly initMs: number;
  /** Time it has to exit after SIGTERM before it is killed. In ms. */
  readonly graceMs: number;
}

/** An instance in a child process. */
export class ProcessInstance implements RunningInstance {
  readonly startMs: number;
  readonly initMs: number;
  readonly pid: number | null;
  readonly exited: Promise<Exit>;
  readonly #child: Child;
  readonly #calls: Calls;
  readonly #graceMs: number;
  #isFrozen = false;

  constructor({ child, calls, startMs, initMs, graceMs }: InstanceOptions) {
    this.#child = child;
    this.#calls = calls;
    this.#graceMs = graceMs;
    this.startMs = startMs;
    this.initMs = initMs;
    this.pid = child.process.pid ?? null;
    this.exited = child.exited.then(async (exit) => {
      await calls.close(exit);
      return exit;
    });
  }

  invoke(message: RequestMessage): Promise<Invocation> {
    return this.#calls.invoke(message);
  }

  memoryMb(): number | null {
    return this.#child.meter.read();
  }

  stop(): Promise<Exit> {
    this.#child.ending ??= 'asked';
    this.#child.process.kill('SIGTERM');
    // A frozen process takes the signal only when it goes on.
    this.thaw();
    const deadline = setTimeout(() => this.kill(), this.#graceMs);
    deadline.unref();
    void this.exited.then(() => clearTimeout(deadline));
    return this.exited;
  }

  kill(): void {
    this.#child.ending ??= 'asked';
    this.#child.process.kill('SIGKILL');
  }

  freeze(): void {
    this.#isFrozen = this.#child.process.kill('SIGSTOP');
  }

  thaw(): void {
    if (this.#isFrozen) this.#child.process.kill('SIGCONT');
    this.#isFrozen = false;
  }
}
