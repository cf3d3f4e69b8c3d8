/** Wraps any driver and injects the requested faults. To the platform it is an ordinary driver. */

import { CONTROLS, type FaultName } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { discard } from '../drivers/body.ts';
import { InstanceEnded, KnownFailure } from '../drivers/failure.ts';
import type { Faults } from './faults.ts';
import type {
  Capability,
  Driver,
  Exit,
  Invocation,
  Lacks,
  RequestMessage,
  RunningInstance,
  StartOptions,
} from '../drivers/protocol.ts';

/** The driver capability that a fault requires. */
const NEEDS: Readonly<Partial<Record<FaultName, Capability>>> = { kill: 'kill' };

/** Null when this fault can apply to the function; else the reason, for the reader. */
export function whyNoFault(is: FaultName, spec: FunctionSpec, driver: Driver): string | null {
  // The platform throttles a call before it reaches a driver.
  if (is === 'throttle') return null;
  const missing = driver.missing(spec);
  if (missing !== null) {
    return `The fault ${is} cannot befall ${spec.name}, which cannot run here. ${missing}`;
  }
  const need = NEEDS[is];
  const lack = need === undefined ? undefined : driver.lacks[need];
  return lack === undefined ? null : `The fault ${is} cannot befall ${spec.name} here. ${lack}`;
}

/** State shared by the instances of one function. */
interface Shared {
  readonly spec: FunctionSpec;
  readonly faults: Faults;
  readonly connections: Connections;
}

/** A driver that injects faults into another. */
export class FaultyDriver implements Driver {
  readonly #driver: Driver;
  readonly #faults: Faults;
  /** By function name. */
  readonly #connections = new Map<string, Connections>();

  constructor(driver: Driver, faults: Faults) {
    this.#driver = driver;
    this.#faults = faults;
  }

  get lacks(): Lacks {
    return this.#driver.lacks;
  }

  missing(spec: FunctionSpec): string | null {
    return this.#driver.missing(spec);
  }

  async start(spec: FunctionSpec, options: StartOptions): Promise<RunningInstance> {
    const slow = this.#faults.take(spec.name, 'slow-start');
    if (slow !== null) await passed(this.#faults, slow.ms, options.signal);
    if (this.#faults.take(spec.name, 'failed-start') !== null) {
      throw new KnownFailure('start-failed', story(spec, 'let an instance fail to start'));
    }
    const instance = await this.#driver.start(spec, options);
    const connections = this.#connections.get(spec.name) ?? new Connections();
    this.#connections.set(spec.name, connections);
    const shared = { spec, faults: this.#faults, connections };
    return new FaultyInstance(instance, shared, slow?.ms ?? 0);
  }
}

/** The connections that calls of one function hold, over all its instances. */
class Connections {
  #held = 0;

  /** Holds one for the duration of the call. Null when `most` are already held. */
  during(most: number, invoke: () => Promise<Invocation>): Promise<Invocation> | null {
    if (this.#held >= most) return null;
    this.#held += 1;
    const release = (): void => void (this.#held -= 1);
    const invoked = invoke();
    invoked.then(({ report }) => report.then(release, release), release);
    return invoked;
  }
}

class FaultyInstance implements RunningInstance {
  readonly startMs: number;
  readonly initMs: number;
  readonly pid: number | null;
  readonly exited: Promise<Exit>;
  readonly #instance: RunningInstance;
  readonly #spec: FunctionSpec;
  readonly #faults: Faults;
  readonly #connections: Connections;
  readonly #gone = new AbortController();
  #isKilled = false;

  constructor(instance: RunningInstance, { spec, faults, connections }: Shared, delayMs: number) {
    this.#instance = instance;
    this.#spec = spec;
    this.#faults = faults;
    this.#connections = connections;
    this.startMs = instance.startMs + delayMs;
    this.initMs = instance.initMs;
    this.pid = instance.pid;
    this.exited = instance.exited.then((exit) => {
      this.#gone.abort();
      if (!this.#isKilled) return exit;
      return { ...exit, fault: story(spec, 'killed the instance that ran this') };
    });
  }

  invoke(request: RequestMessage): Promise<Invocation> {
    const few = this.#faults.inForce(this.#spec.name, 'few-connections');
    const most = few?.most ?? Infinity;
    return this.#connections.during(most, () => this.#invoke(request)) ?? this.#refuse(most);
  }

  #refuse(most: number): Promise<never> {
    this.#faults.take(this.#spec.name, 'few-connections');
    const what = `left its instances ${most} connections, and all are in use`;
    return Promise.reject(new KnownFailure('no-connection', story(this.#spec, what), 1));
  }

  #invoke(request: RequestMessage): Promise<Invocation> {
    const { name } = this.#spec;
    const kill = this.#faults.take(name, 'kill');
    const lost = this.#faults.take(name, 'lost-answer');
    const slow = this.#faults.take(name, 'slow-answer');
    const killAfterMs = kill?.afterMs ?? 0;
    // Kill before handing the call over, since a quick handler could finish first.
    if (kill !== null && killAfterMs === 0) this.#kill();
    const invoked = this.#instance.invoke(request);
    if (killAfterMs > 0) void this.#killAfter(killAfterMs);
    if (lost !== null) return this.#lose(invoked);
    return slow === null ? invoked : this.#delay(invoked, slow.ms);
  }

  memoryMb(): number | null {
    return this.#instance.memoryMb();
  }

  stop(): Promise<Exit> {
    void this.#instance.stop();
    return this.exited;
  }

  kill(): void {
    this.#instance.kill();
  }

  freeze(): void {
    this.#instance.freeze?.();
  }

  thaw(): void {
    this.#instance.thaw?.();
  }

  async #killAfter(ms: number): Promise<void> {
    await passed(this.#faults, ms, this.#gone.signal).catch(() => undefined);
    if (!this.#gone.signal.aborted) this.#kill();
  }

  #kill(): void {
    this.#isKilled = true;
    this.#instance.kill();
  }

  /** Lets the handler finish and then drops its answer. */
  async #lose(invoked: Promise<Invocation>): Promise<never> {
    const { response, report } = await invoked;
    await discard(response.body);
    await report;
    const what = 'lost the answer on its way; the handler has run to its end';
    throw new KnownFailure('answer-lost', story(this.#spec, what));
  }

  async #delay(invoked: Promise<Invocation>, ms: number): Promise<Invocation> {
    const invocation = await invoked;
    await passed(this.#faults, ms, this.#gone.signal).catch(({ message }: Error) => {
      throw new InstanceEnded(message);
    });
    return invocation;
  }
}

function story({ name }: FunctionSpec, what: string): string {
  return `A fault that was asked for ${name} ${what}. DELETE ${CONTROLS.faults} ends all faults; the function itself is as it was.`;
}

/** Rejects when `signal` aborts before the time is over. */
function passed({ clock }: Faults, ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const cancel = clock.after(ms, () => resolve(undefined));
  const abort = (): void => {
    cancel();
    reject(new Error('It was called off while a fault held it up'));
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return promise.finally(() => signal?.removeEventListener('abort', abort));
}
