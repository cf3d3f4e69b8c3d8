/**
 * The share of a CPU that an instance gets from providers that allocate CPU by memory, and its effect
 * on run time: computing takes longer, waiting does not.
 */

/** MB that come with a whole vCPU on AWS Lambda (fact T03-09). */
export const LAMBDA_MB_PER_VCPU = 1769;

/** Sizes of an instance on Azure's Flex Consumption plan, in MB (fact X05-01). */
export const FLEX_SIZES_MB: readonly number[] = [512, 2048, 4096];
/** MB that come with a whole core there. */
export const FLEX_MB_PER_CORE = 2048;

/** Sizes of an instance on Vercel, in MB (fact X05-02); the smaller one has a whole vCPU. */
export const VERCEL_SIZES_MB: readonly number[] = [2048, 4096];

/** Share of a whole CPU, in (0, 1]; capped at 1 because one thread cannot use a second CPU. */
export function cpuShare(memoryMb: number, mbPerCpu: number): number {
  return Math.min(1, memoryMb / mbPerCpu);
}

/**
 * The time in ms that a handler takes on a share of a CPU, given its times on a whole one.
 *
 * @param cpuMs the computing part of `handlerMs`; more if a second thread computed
 * @param share in (0, 1]
 */
export function stretched(handlerMs: number, cpuMs: number, share: number): number {
  return Math.max(0, handlerMs - cpuMs) + cpuMs / share;
}

/** The smallest size that holds `memoryMb`; the largest size if none does. */
export function sizeFor(memoryMb: number, sizesMb: readonly number[]): number {
  return sizesMb.find((size) => size >= memoryMb) ?? sizesMb.at(-1) ?? memoryMb;
}
