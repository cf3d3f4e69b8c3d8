/**
 * Turns the autoscaler's wish into a scale. It applies bounds, and allows zero only once the revision
 * has been active for a stable window, the activator is in the path, and the last instance has been
 * kept for its retention period.
 *
 * After knative/serving 98e5ef90, `pkg/reconciler/autoscaling/kpa` (`scaler.go`, `kpa.go`). There it
 * runs on each change or timer; here at each tick, so a step can come a tick late.
 */

/** Bounds and delays, with the meanings of Knative's configuration. */
export interface ActivationOptions {
  /** Fewest instances. Integer ≥ 0. */
  readonly minScale: number;
  /** Most instances. Integer ≥ 1, or Infinity. */
  readonly maxScale: number;
  /**
   * Instances of a new revision. All must be ready once before it can scale below this; `maxScale`
   * applies from then on. Integer ≥ 0.
   */
  readonly initialScale: number;
  readonly enableScaleToZero: boolean;
  /** A revision must have been active for this long before it can scale to zero. */
  readonly stableWindowMs: number;
  /** The activator must have been in the path for this long before the last instance stops. */
  readonly scaleToZeroGraceMs: number;
  /** The last instance is kept for at least this long after the revision became inactive. */
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

/** The scale of one revision over time, with its rules for reaching zero. */
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

  /** Whether requests pass through the activator, which can hold them. */
  get activatorInPath(): boolean {
    return this.#proxySince !== null;
  }

  /** Returns the number of instances that there should be at `nowMs`. */
  reconcile(nowMs: number, wish: Wish, ready: number): number {
    const want = this.#want(nowMs, wish.desired);
    const proxy =
      want === 0 || wish.excessBurstCapacity < 0 || (want === null && this.#state === 'inactive');
    if (!proxy) this.#proxySince = null;
    else this.#proxySince ??= nowMs;
    this.#follow(nowMs, want, ready);
    return this.#scale;
  }

  /** The wanted count within bounds; null when unknown. Sets the scale if the delays allow it. */
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

  /** Updates the revision's condition from the wanted and the ready count. */
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

/** Clamps as Knative does: a count below `least` is raised to it even when `least > most`. */
function applyBounds(least: number, most: number, count: number): number {
  return count < least ? least : Math.min(count, most);
}
