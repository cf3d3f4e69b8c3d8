/**
 * What was used, in quantities that every provider's bill can be computed from. Providers round
 * each invocation by itself before they add, so the sums of rounded times are kept beside the exact
 * ones: after adding it would be too late. All fields are sums: usages add, and scale.
 */

import {
  cpuShare,
  FLEX_MB_PER_CORE,
  FLEX_SIZES_MB,
  LAMBDA_MB_PER_VCPU,
  sizeFor,
  stretched,
  VERCEL_SIZES_MB,
} from './cpu-share.ts';

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
  /**
   * Cold start and handler together, each invocation rounded up to 1 ms: as AWS Lambda bills. Times
   * that were measured on a whole CPU are stretched to what they are on Lambda's share of one.
   */
  readonly billed1Ms: number;
  /** As `billed1Ms`, times the memory configured. */
  readonly billed1MbMs: number;
  /** What of `billed1Ms` comes of the stretching. */
  readonly stretchMs: number;
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
  /** As `activeMs`, times the size of a Vercel instance that holds the memory configured. */
  readonly vercelMbMs: number;
  /**
   * As `active1000Ms`, times the size of an Azure Flex instance that holds the memory configured,
   * and stretched to that size's share of a core where times were measured on a whole one.
   */
  readonly flexMbMs: number;
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
export interface MeteredCall {
  readonly handlerMs: number;
  /** `startMs + initMs` of the instance if this request started it; 0 when warm. @default 0 */
  readonly coldMs?: number;
  /** Null where it cannot be measured. @default null */
  readonly cpuMs?: number | null;
  /** Memory configured for the function, in MB as the provider counts them. */
  readonly memoryMb: number;
  /** Null where it is not known. @default null */
  readonly responseBytes?: number | null;
  /**
   * The times were measured where a whole CPU was at hand. A provider that hands out less takes
   * longer to compute the same, so its bill is stretched. False: they are the provider's own times.
   * @default false
   */
  readonly onWholeCpu?: boolean;
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
  readonly #onWholeCpu: boolean;
  #requests = 0;
  #handlerMs = 0;
  #coldMs = 0;
  #cpuMs = 0;
  #cpuUnmeasuredMs = 0;
  #billed1Ms = 0;
  #activeMs = 0;
  #active100Ms = 0;
  #active1000Ms = 0;
  #flexMs = 0;
  #stretchMs = 0;
  #instanceMs = 0;
  #instance100Ms = 0;
  #responseBytes = 0;

  /**
   * @param memoryMb memory configured for the function
   * @param onWholeCpu as in `MeteredCall`
   */
  constructor(memoryMb: number, onWholeCpu = false) {
    this.#memoryMb = memoryMb;
    this.#onWholeCpu = onWholeCpu;
  }

  /** @param coldMs 0 when warm  @param cpuMs null where it cannot be measured */
  invoked(handlerMs: number, coldMs: number, cpuMs: number | null, responseBytes: number): void {
    this.#requests += 1;
    this.#handlerMs += handlerMs;
    this.#coldMs += coldMs;
    if (cpuMs === null) this.#cpuUnmeasuredMs += handlerMs;
    else this.#cpuMs += cpuMs;
    const extraMs = this.#extraMs(handlerMs, cpuMs, LAMBDA_MB_PER_VCPU, this.#memoryMb);
    this.#stretchMs += extraMs;
    // Init runs on a whole vCPU, whatever the memory (fact X17-01).
    this.#billed1Ms += Math.ceil(handlerMs + extraMs + coldMs - NOISE_MS);
    this.#responseBytes += responseBytes;
  }

  /**
   * An instance was starting, or had at least one request, for this long without a break.
   * @param cpuMs how much of it was computing; null where that is not known. @default 0
   */
  active(ms: number, cpuMs: number | null = 0): void {
    const rounded = Math.ceil((ms - NOISE_MS) / 100) * 100;
    const size = sizeFor(this.#memoryMb, FLEX_SIZES_MB);
    const there = ms + this.#extraMs(ms, cpuMs, FLEX_MB_PER_CORE, size);
    this.#activeMs += ms;
    this.#active100Ms += rounded;
    this.#active1000Ms += rounded > 1000 ? rounded : 1000;
    this.#flexMs += Math.max(1000, Math.ceil((there - NOISE_MS) / 100) * 100);
  }

  /** By how much computing takes longer than it did here. All of it may be computing when nobody knows. */
  #extraMs(ms: number, cpuMs: number | null, mbPerCpu: number, memoryMb: number): number {
    if (!this.#onWholeCpu) return 0;
    return stretched(ms, cpuMs ?? ms, cpuShare(memoryMb, mbPerCpu)) - ms;
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
      stretchMs: this.#stretchMs,
      handlerMbMs: this.#handlerMs * mb,
      activeMs: this.#activeMs,
      activeMbMs: this.#activeMs * mb,
      active100Ms: this.#active100Ms + 0,
      active100MbMs: this.#active100Ms * mb + 0,
      active1000Ms: this.#active1000Ms,
      vercelMbMs: this.#activeMs * sizeFor(mb, VERCEL_SIZES_MB),
      flexMbMs: this.#flexMs * sizeFor(mb, FLEX_SIZES_MB),
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
export function usageOf(invocations: Iterable<MeteredCall>): Usage {
  let total = NO_USAGE;
  for (const one of invocations) {
    const { handlerMs, coldMs = 0, cpuMs = null, memoryMb, responseBytes, onWholeCpu } = one;
    const meter = new Meter(memoryMb, onWholeCpu);
    meter.invoked(handlerMs, coldMs, cpuMs, responseBytes ?? 0);
    meter.active(coldMs + handlerMs, cpuMs ?? handlerMs);
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
