/**
 * How much of a CPU an instance gets, where the provider hands it out by memory, and what that does
 * to its time. Computing stretches; waiting takes as long as anywhere.
 */

/** MB that come with a whole vCPU on AWS Lambda (fact T03-09). */
export const LAMBDA_MB_PER_VCPU = 1769;

/** Sizes of an instance on Azure's Flex Consumption plan, in MB (fact X05-01). */
export const FLEX_SIZES_MB: readonly number[] = [512, 2048, 4096];
/** MB that come with a whole core there. */
export const FLEX_MB_PER_CORE = 2048;

/** Sizes of an instance on Vercel, in MB (fact X05-02); the smaller one has a whole vCPU. */
export const VERCEL_SIZES_MB: readonly number[] = [2048, 4096];

/** Share of a whole CPU, in (0, 1]: one thread gains nothing from a second CPU. */
export function cpuShare(memoryMb: number, mbPerCpu: number): number {
  return Math.min(1, memoryMb / mbPerCpu);
}

/**
 * How long a handler takes on a share of a CPU that took `handlerMs` on a whole one and computed for
 * `cpuMs` of it.
 *
 * @param cpuMs may exceed `handlerMs` where a second thread computed
 */
export function stretched(handlerMs: number, cpuMs: number, share: number): number {
  return Math.max(0, handlerMs - cpuMs) + cpuMs / share;
}

/** The smallest size that holds `memoryMb`; the largest one where none does. */
export function sizeFor(memoryMb: number, sizesMb: readonly number[]): number {
  return sizesMb.find((size) => size >= memoryMb) ?? sizesMb.at(-1) ?? memoryMb;
}
