/** 1, 2 or 5, times a power of ten, at least `step`: the distance of an axis's marks. @param step > 0 */
export function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((nice) => nice * power >= step * (1 - 1e-9)) ?? 10);
}
