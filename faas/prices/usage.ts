/**
 * What was used, in quantities that every provider's bill can be computed from. Providers round
 * each invocation by itself before they add, so the sums of rounded times are kept beside the exact
 * ones: after adding it would be too late. All fields are sums: usages add, and scale.
 */

export interface Usage {
  readonly requests: number;
  /** Time inside the handler, exact. */
  readonly handlerMs: number;
  /** Cold starts: from asked-for to module loaded, exact. AWS bills it as the INIT phase. */
  readonly coldMs: number;
  /** CPU time of the invocations in which it could be measured. */
  readonly cpuMs: number;
  /** Handler time of the invocations in which it could not: an upper bound of their CPU time. */
  readonly cpuUnmeasuredMs: number;
  /** Cold start and handler together, each invocation rounded up to 1 ms. */
  readonly billed1Ms: number;
  /** As `billed1Ms`, times the memory configured. */
  readonly billed1MbMs: number;
  /** Handler time times the memory configured, exact. */
  readonly handlerMbMs: number;
  /** Time in which instances were starting or had a request, exact. Idle time is not in it. */
  readonly activeMs: number;
  readonly activeMbMs: number;
  /** As `activeMs`, each stretch rounded up to 100 ms. */
  readonly active100Ms: number;
  readonly active100MbMs: number;
  /** As `active100Ms`, with at least 1,000 ms a stretch. */
  readonly active1000Ms: number;
  /** Whole lives of instances, idle time included, exact. */
  readonly instanceMs: number;
  readonly instanceMbMs: number;
  /** As `instanceMs`, each life rounded up to 100 ms. */
  readonly instance100Ms: number;
  readonly instance100MbMs: number;
  /** Bytes of the response bodies whose length is known. */
  readonly responseBytes: number;
}

/** One invocation, as the trace tells it. */
export interface Invocation {
  readonly handlerMs: number;
  /** `startMs + initMs` of the instance if this request started it; 0 when warm. @default 0 */
  readonly coldMs?: number;
  /** Null where it cannot be measured. @default null */
  readonly cpuMs?: number | null;
  /** Memory configured for the function, in MB as the provider counts them. */
  readonly memoryMb: number;
  /** Null where it is not known. @default null */
  readonly responseBytes?: number | null;
}

/** What floating-point sums of times may be off by, in ms: a nanosecond is not charged for. */
const NOISE_MS = 1e-6;

/** `ms` rounded up to whole steps. */
export function roundUp(ms: number, stepMs: number): number {
  return Math.ceil((ms - NOISE_MS) / stepMs) * stepMs + 0;
}

/**
 * Adds up the usage of one function, one event at a time; allocates nothing on the way.
 * Tell it of each invocation, of each stretch in which an instance was active, and of each life.
 */
export class Meter {
  readonly #memoryMb: number;
  #requests = 0;
  #handlerMs = 0;
  #coldMs = 0;
  #cpuMs = 0;
  #cpuUnmeasuredMs = 0;
  #billed1Ms = 0;
  #activeMs = 0;
  #active100Ms = 0;
  #active1000Ms = 0;
  #instanceMs = 0;
  #instance100Ms = 0;
  #responseBytes = 0;

  /** @param memoryMb memory configured for the function */
  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb;
  }

  /** @param coldMs 0 when warm  @param cpuMs null where it cannot be measured */
  invoked(handlerMs: number, coldMs: number, cpuMs: number | null, responseBytes: number): void {
    this.#requests += 1;
    this.#handlerMs += handlerMs;
    this.#coldMs += coldMs;
    if (cpuMs === null) this.#cpuUnmeasuredMs += handlerMs;
    else this.#cpuMs += cpuMs;
    this.#billed1Ms += Math.ceil(handlerMs + coldMs - NOISE_MS);
    this.#responseBytes += responseBytes;
  }

  /** An instance was starting, or had at least one request, for this long without a break. */
  active(ms: number): void {
    const rounded = Math.ceil((ms - NOISE_MS) / 100) * 100;
    this.#activeMs += ms;
    this.#active100Ms += rounded;
    this.#active1000Ms += rounded > 1000 ? rounded : 1000;
  }

  /** An instance lived this long, from asked-for to gone. */
  lived(ms: number): void {
    this.#instanceMs += ms;
    this.#instance100Ms += Math.ceil((ms - NOISE_MS) / 100) * 100;
  }

  /** Everything so far. */
  usage(): Usage {
    const mb = this.#memoryMb;
    return {
      requests: this.#requests,
      handlerMs: this.#handlerMs,
      coldMs: this.#coldMs,
      cpuMs: this.#cpuMs,
      cpuUnmeasuredMs: this.#cpuUnmeasuredMs,
      billed1Ms: this.#billed1Ms + 0,
      billed1MbMs: this.#billed1Ms * mb + 0,
      handlerMbMs: this.#handlerMs * mb,
      activeMs: this.#activeMs,
      activeMbMs: this.#activeMs * mb,
      active100Ms: this.#active100Ms + 0,
      active100MbMs: this.#active100Ms * mb + 0,
      active1000Ms: this.#active1000Ms,
      instanceMs: this.#instanceMs,
      instanceMbMs: this.#instanceMs * mb,
      instance100Ms: this.#instance100Ms + 0,
      instance100MbMs: this.#instance100Ms * mb + 0,
      responseBytes: this.#responseBytes,
    };
  }
}

export const NO_USAGE: Usage = new Meter(0).usage();

/**
 * The usage of invocations alone, as if each had an instance to itself for exactly as long as it
 * ran: what a receipt can know. Idle time belongs to no invocation; meter the instances for that.
 */
export function usageOf(invocations: Iterable<Invocation>): Usage {
  let total = NO_USAGE;
  for (const { handlerMs, coldMs = 0, cpuMs = null, memoryMb, responseBytes } of invocations) {
    const meter = new Meter(memoryMb);
    meter.invoked(handlerMs, coldMs, cpuMs, responseBytes ?? 0);
    meter.active(coldMs + handlerMs);
    meter.lived(coldMs + handlerMs);
    total = add(total, meter.usage());
  }
  return total;
}

const FIELDS = Object.keys(NO_USAGE) as (keyof Usage)[];

export function add(a: Usage, b: Usage): Usage {
  const sum = { ...a } as Record<keyof Usage, number>;
  for (const field of FIELDS) sum[field] += b[field];
  return sum;
}

/** The same usage, `n` times over. */
export function times(usage: Usage, n: number): Usage {
  const product = { ...usage } as Record<keyof Usage, number>;
  for (const field of FIELDS) product[field] *= n;
  return product;
}
