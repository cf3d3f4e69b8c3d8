/**
 * Usage in quantities from which every provider's bill can be computed. Providers round each
 * invocation before they add, so usage has sums of rounded times as well as exact ones. All fields
 * are sums, so usages can be added and scaled.
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

/** Summed usage of a function's invocations and instances; times in ms. */
export interface Usage {
  readonly requests: number;
  /** Time inside the handler, exact. */
  readonly handlerMs: number;
  /** Cold starts, from start request to loaded module, exact. AWS bills them as the INIT phase. */
  readonly coldMs: number;
  /** CPU time of the invocations for which it was measured. */
  readonly cpuMs: number;
  /** Handler time of the other invocations, an upper bound of their CPU time. */
  readonly cpuUnmeasuredMs: number;
  /**
   * Cold start plus handler, each invocation rounded up to 1 ms, as AWS Lambda bills. Times measured
   * on a whole CPU are stretched to Lambda's share of one.
   */
  readonly billed1Ms: number;
  /** Like `billed1Ms`, multiplied by the configured memory. */
  readonly billed1MbMs: number;
  /** The part of `billed1Ms` that is due to stretching. */
  readonly stretchMs: number;
  /** Handler time multiplied by the configured memory, exact. */
  readonly handlerMbMs: number;
  /** Time in which instances were starting or had a request, exact, without idle time. */
  readonly activeMs: number;
  readonly activeMbMs: number;
  /** Like `activeMs`, each active period rounded up to 100 ms. */
  readonly active100Ms: number;
  readonly active100MbMs: number;
  /** Like `active100Ms`, with at least 1,000 ms per period. */
  readonly active1000Ms: number;
  /** Like `activeMs`, multiplied by the smallest Vercel size that holds the configured memory. */
  readonly vercelMbMs: number;
  /**
   * Like `active1000Ms`, multiplied by the smallest Azure Flex size that holds the configured memory.
   * Times measured on a whole core are stretched to that size's share of one.
   */
  readonly flexMbMs: number;
  /** Lifetimes of instances, including idle time, exact. */
  readonly instanceMs: number;
  readonly instanceMbMs: number;
  /** Like `instanceMs`, each lifetime rounded up to 100 ms. */
  readonly instance100Ms: number;
  readonly instance100MbMs: number;
  /** Bytes of the response bodies whose length is known. */
  readonly responseBytes: number;
}

/** One invocation, as recorded in the trace. */
export interface MeteredCall {
  readonly handlerMs: number;
  /** `startMs + initMs` of the instance if this request started it; 0 when warm. @default 0 */
  readonly coldMs?: number;
  /** CPU time; null when it cannot be measured. @default null */
  readonly cpuMs?: number | null;
  /** Memory configured for the function, in MB as the provider counts them. */
  readonly memoryMb: number;
  /** Null when unknown. @default null */
  readonly responseBytes?: number | null;
  /**
   * Whether the times were measured on a whole CPU. Computing takes longer on a provider's smaller
   * share, so its bill is stretched. False for the provider's own times.
   * @default false
   */
  readonly onWholeCpu?: boolean;
}

/** Tolerance for floating-point sums of times, in ms, so that rounding noise is not billed. */
const NOISE_MS = 1e-6;

/** Rounds `ms` up to whole steps, ignoring floating-point noise. */
export function roundUp(ms: number, stepMs: number): number {
  return Math.ceil((ms - NOISE_MS) / stepMs) * stepMs + 0;
}

/**
 * Adds up the usage of one function, one event at a time, without allocation. Report each
 * invocation, each active period of an instance, and each instance's lifetime.
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

  /**
   * Adds an invocation; times in ms.
   *
   * @param coldMs 0 when warm
   * @param cpuMs null when it cannot be measured
   */
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
   * Adds a period in which an instance was starting or had at least one request.
   * @param cpuMs the computing part of it; null when unknown. @default 0
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

  /** Extra time on a smaller CPU share. When `cpuMs` is null, all of `ms` counts as computing. */
  #extraMs(ms: number, cpuMs: number | null, mbPerCpu: number, memoryMb: number): number {
    if (!this.#onWholeCpu) return 0;
    return stretched(ms, cpuMs ?? ms, cpuShare(memoryMb, mbPerCpu)) - ms;
  }

  /** Adds the lifetime of an instance, from its start request to its end. */
  lived(ms: number): void {
    this.#instanceMs += ms;
    this.#instance100Ms += Math.ceil((ms - NOISE_MS) / 100) * 100;
  }

  /** The usage so far. */
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

/** Zero in every field. */
export const NO_USAGE: Usage = new Meter(0).usage();

/**
 * The usage of invocations, as if each had its own instance for exactly as long as it ran, which is
 * all that a receipt can know. Idle time belongs to no invocation; use a `Meter` for that.
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

/** The sum of two usages, field by field. */
export function add(a: Usage, b: Usage): Usage {
  const sum = { ...a } as Record<keyof Usage, number>;
  for (const field of FIELDS) sum[field] += b[field];
  return sum;
}

/** A usage multiplied by `n`. */
export function times(usage: Usage, n: number): Usage {
  const product = { ...usage } as Record<keyof Usage, number>;
  for (const field of FIELDS) product[field] *= n;
  return product;
}
