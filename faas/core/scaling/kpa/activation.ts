/**
 * What becomes of the autoscaler's wish: bounds are put on it, and it may not reach zero before the
 * revision has been active for a stable window, the activator stands in the path, and the last
 * instance has been kept for as long as it is to be.
 *
 * After knative/serving 98e5ef90, `pkg/reconciler/autoscaling/kpa` (`scaler.go`, `kpa.go`). There it
 * runs when something changes or a timer ends; here at each tick, so a step may come a tick late.
 */

export interface ActivationOptions {
  /** Fewest instances. Integer ≥ 0. */
  readonly minScale: number;
  /** Most instances. Integer ≥ 1, or Infinity. */
  readonly maxScale: number;
  /**
   * Instances of a new revision, which must be ready once before fewer will do; `maxScale` holds
   * from then on. Integer ≥ 0.
   */
  readonly initialScale: number;
  readonly enableScaleToZero: boolean;
  /** A revision is not given up before it has been active for this long. */
  readonly stableWindowMs: number;
  /** How long the activator has to be in the path before the last instance goes. */
  readonly scaleToZeroGraceMs: number;
  /** How long the last instance is kept at least after the revision fell inactive. */
  readonly podRetentionMs: number;
  /** A revision that has not become ready in this time may go to zero. */
  readonly activationTimeoutMs: number;
  /** -1: the activator is always in the path. */
  readonly targetBurstCapacity: number;
}

/** The autoscaler's latest valid decision; `desired` is null before there was one. */
export interface Wish {
  readonly desired: number | null;
  readonly excessBurstCapacity: number;
}

/** `activating`: instances are wanted and not ready; `inactive`: at zero, or on the way there. */
export type ActiveState = 'activating' | 'active' | 'inactive';

export class Activation {
  readonly #options: ActivationOptions;
  #state: ActiveState = 'activating';
  /** When `#state` was last entered. */
  #since: number;
  /** The initial scale has been reached. */
  #initialized = false;
  #scale: number;
  /** Since when the activator is in the path; null while it is not. */
  #proxySince: number | null = null;

  constructor(options: ActivationOptions, nowMs: number) {
    this.#options = options;
    this.#since = nowMs;
    this.#scale = Math.max(options.initialScale, options.minScale);
  }

  get state(): ActiveState {
    return this.#state;
  }

  /** The activator, which can hold requests, is in their path. */
  get activatorInPath(): boolean {
    return this.#proxySince !== null;
  }

  /** How many instances there are to be, as of now. */
  reconcile(nowMs: number, wish: Wish, ready: number): number {
    const want = this.#want(nowMs, wish.desired);
    const proxy =
      want === 0 || wish.excessBurstCapacity < 0 || (want === null && this.#state === 'inactive');
    if (!proxy) this.#proxySince = null;
    else this.#proxySince ??= nowMs;
    this.#follow(nowMs, want, ready);
    return this.#scale;
  }

  /** What is wanted, within bounds; null when that is unknown. Sets the scale, unless it is not time. */
  #want(nowMs: number, desired: number | null): number | null {
    if (desired === null && this.#state !== 'activating') return null;
    const { minScale, maxScale, initialScale } = this.#options;
    const isStarting = initialScale > 1 && !this.#initialized;
    const least = isStarting ? Math.max(initialScale, minScale) : minScale;
    const bounded = applyBounds(least, maxScale, desired ?? -1);
    if (bounded > 0) return (this.#scale = bounded);
    return this.#wantZero(nowMs);
  }

  #wantZero(nowMs: number): number | null {
    const { enableScaleToZero, stableWindowMs, activationTimeoutMs } = this.#options;
    const lasted = nowMs - this.#since;
    if (!enableScaleToZero) return (this.#scale = 1);
    if (this.#state === 'activating') {
      return lasted >= activationTimeoutMs ? (this.#scale = 0) : null;
    }
    if (this.#state === 'active') return lasted >= stableWindowMs ? 0 : (this.#scale = 1);
    if (this.#mayVanish(nowMs)) this.#scale = 0;
    return 0;
  }

  #mayVanish(nowMs: number): boolean {
    const { scaleToZeroGraceMs, podRetentionMs, targetBurstCapacity } = this.#options;
    if (this.#proxySince === null && targetBurstCapacity !== -1) return false;
    const inactive = nowMs - this.#since;
    if (inactive >= Math.max(scaleToZeroGraceMs, podRetentionMs)) return true;
    if (inactive < podRetentionMs) return false;
    return nowMs - (this.#proxySince ?? nowMs) >= scaleToZeroGraceMs;
  }

  /** The revision's condition, from what is wanted and what is ready. */
  #follow(nowMs: number, want: number | null, ready: number): void {
    const { minScale, initialScale } = this.#options;
    const needed = Math.max(minScale, this.#initialized ? 1 : initialScale);
    if (ready >= needed) this.#initialized = true;
    if (want === 0 || needed === 0) this.#enter('inactive', nowMs);
    else if (want !== null || this.#state !== 'inactive') {
      this.#enter(ready < needed ? 'activating' : 'active', nowMs);
    }
  }

  #enter(state: ActiveState, nowMs: number): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#since = nowMs;
  }
}

/** As Knative's: what is below `least` is raised to it, even past `most`. */
function applyBounds(least: number, most: number, count: number): number {
  return count < least ? least : Math.min(count, most);
}
