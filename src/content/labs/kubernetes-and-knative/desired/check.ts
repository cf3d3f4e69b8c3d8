import { Autoscaler } from '#faas/core/scaling/kpa/autoscaler.ts';
import type { DecisionSums } from '#faas/core/scaling/kpa/autoscaler.ts';
import { KNATIVE_TRACES, type KnativeTrace } from '#faas/core/scaling/kpa/knative-traces.ts';
import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab, NamedCall } from '#faas/labs/checked-lab.ts';

interface Spec {
  readonly target: number;
  readonly panicThreshold: number;
  readonly maxScaleUpRate: number;
  readonly maxScaleDownRate: number;
  readonly stableWindowMs: number;
  readonly reachable: boolean;
  readonly activationScale: number;
}

interface State {
  readonly panicSince: number | null;
  readonly peak: number;
}

interface Observed {
  readonly now: number;
  readonly stable: number;
  readonly panic: number;
  readonly ready: number;
}

/** Knative's own defaults, but for a target that is easy to divide by. */
const SPEC: Spec = {
  target: 10,
  panicThreshold: 2,
  maxScaleUpRate: 1000,
  maxScaleDownRate: 2,
  stableWindowMs: 60_000,
  reachable: true,
  activationScale: 1,
};

/** A spec that no load of these checks makes panic. */
const CALM: Spec = { ...SPEC, panicThreshold: 1000 };

const NOW = 100_000;
const NO_PANIC: State = { panicSince: null, peak: 0 };

/** What came of one decision. */
interface Came {
  readonly desired: unknown;
  readonly panicSince: unknown;
  readonly peak: unknown;
}

/** @returns what a decision came to, whatever shape it has */
function read(value: unknown): Came {
  const { desired, state } = (value ?? {}) as Partial<Record<'desired' | 'state', unknown>>;
  const { panicSince, peak } = (state ?? {}) as Partial<Record<'panicSince' | 'peak', unknown>>;
  return { desired, panicSince, peak };
}

/** One decision at `NOW`. @param load one number where both averages are the same */
async function decides(
  lab: CheckedLab,
  spec: Spec,
  ready: number,
  load: number | { readonly stable: number; readonly panic: number },
  state: State = NO_PANIC,
): Promise<Came> {
  const averages = typeof load === 'number' ? { stable: load, panic: load } : load;
  const { value } = await lab.run(['step', spec, state, { now: NOW, ...averages, ready }]);
  return read(value);
}

const DESIRED = { what: 'desired' };
const SINCE = { what: 'state.panicSince' };
const PEAK = { what: 'state.peak' };

/** Holds a panic that began so many ms ago. */
function panicFor(ms: number, peak: number): State {
  return { panicSince: NOW - ms, peak };
}

/** What the lab takes of a spec of Knative's. */
function specOf({ targetValue, ...spec }: KnativeTrace['spec']): Spec {
  const { panicThreshold, maxScaleUpRate, maxScaleDownRate } = spec;
  const { stableWindowMs, reachable, activationScale } = spec;
  const rates = { panicThreshold, maxScaleUpRate, maxScaleDownRate };
  return { target: targetValue, ...rates, stableWindowMs, reachable, activationScale };
}

/** A panic that is over leaves its peak in Knative's memory at first; nothing reads it. */
function isAsAnswered(value: unknown, { desired, panicSince, peak }: Came): boolean {
  const came = read(value);
  if (came.desired !== desired || (came.panicSince ?? null) !== panicSince) return false;
  return panicSince === null || came.peak === peak;
}

/**
 * Lets the function decide each tick of a trace, from the state in which Knative was then, and compares
 * each answer with Knative's. The first that differs is asked for once more, alone, and told.
 */
async function agrees(lab: CheckedLab, { name, spec: whole, ticks }: KnativeTrace): Promise<void> {
  const spec = specOf(whole);
  const autoscaler = new Autoscaler(whole, ticks[0]?.ready ?? 0, 0);
  const asked = ticks.map(({ nowMs: now, ready, stable, panic, ...answered }) => {
    const { since: panicSince, peak } = autoscaler.panic;
    const state: State = panicSince === null ? NO_PANIC : { panicSince, peak };
    const decision = autoscaler.decide(now, ready, { stable, panic });
    const observed: Observed = { now, stable, panic, ready };
    const rule = decision.valid ? ruleOf(spec, state, observed, decision.sums) : '';
    const call: NamedCall = ['step', spec, state, observed];
    return { call, state, observed, answered, rule };
  });
  const { results } = await lab.interleaved(asked.map(({ call }) => call));
  const tick = asked.findIndex(({ answered }, at) => !isAsAnswered(results[at]?.value, answered));
  const wrong = asked[tick];
  if (wrong === undefined) return;
  const { call, state, observed, answered, rule } = wrong;
  const { value, error } = await lab.run(call);
  const came = read(value);
  const inputs = [
    `spec ${JSON.stringify(spec)}`,
    `state ${JSON.stringify(state)}, observed ${JSON.stringify(observed)}`,
  ];
  const thrown = error === null ? [] : [`It threw ${error}`];
  const told = (what: string): { what: string; detail: string } => ({
    what: `${what} at tick ${tick} of ${name}, ${observed.now / 1000} s`,
    detail: [...inputs, rule, ...thrown].join('\n'),
  });
  lab.same(came.desired, answered.desired, told('desired'));
  lab.same(came.panicSince ?? null, answered.panicSince, told('state.panicSince'));
  lab.same(came.peak, answered.peak, told('state.peak'));
}

/** The rule that decided, with its numbers. */
function ruleOf(
  { target, panicThreshold, stableWindowMs, activationScale }: Spec,
  before: State,
  { now, stable, panic }: Observed,
  sums: DecisionSums,
): string {
  const { base, most, least, stableWanted, panicWanted, calm, surge, isOverThreshold } = sums;
  const lines = [
    `rules 1 and 2: ${base} counted as ready, least ${least}, most ${most}`,
    `rules 3 and 4: stable ${stable} ÷ ${target} asks for ${stableWanted} and gets ${calm}; ` +
      `panic ${panic} ÷ ${target} asks for ${panicWanted} and gets ${surge}` +
      (activationScale > 1 ? ` (at least ${activationScale}, if it asks for any)` : ''),
  ];
  const times = `${panicWanted} ÷ ${base}`;
  if (isOverThreshold)
    lines.push(`rule 5: ${times} is ${panicThreshold} or more, so it is a panic`);
  else if (before.panicSince !== null) {
    const age = now - before.panicSince;
    const isOver = sums.panic.since === null;
    lines.push(
      `rule 5: the threshold was last met ${age} ms ago, the window has ${stableWindowMs} ms: ` +
        `the panic ${isOver ? 'is over' : 'goes on'}`,
    );
  } else lines.push(`rule 5: ${times} is less than ${panicThreshold}, so it is no panic`);
  lines.push(
    sums.panic.since === null
      ? `rule 6 decided: no panic, so what stable got, ${calm}`
      : `rule 6 decided: in a panic the largest of ${before.peak}, ${calm} and ${surge}`,
  );
  return lines.join('\n');
}

const PLAIN = KNATIVE_TRACES.filter(({ spec }) => spec.activationScale <= 1);
const ACTIVATED = KNATIVE_TRACES.filter(({ spec }) => spec.activationScale > 1);

export default [
  firstLight('asks for as many pods as the load needs, rounded up', async (lab) => {
    lab.same((await decides(lab, CALM, 3, 31)).desired, 4, DESIRED);
    lab.same((await decides(lab, CALM, 3, 40)).desired, 4, DESIRED);
  }),

  contract('grows in one step by the rate at most, rounded up', async (lab) => {
    lab.same((await decides(lab, { ...CALM, maxScaleUpRate: 2 }, 3, 900)).desired, 6, DESIRED);
    lab.same((await decides(lab, { ...CALM, maxScaleUpRate: 1.5 }, 3, 900)).desired, 5, DESIRED);
  }),

  contract('shrinks in one step by the rate at most, rounded down', async (lab) => {
    lab.same((await decides(lab, CALM, 10, 0)).desired, 5, DESIRED);
    lab.same((await decides(lab, CALM, 9, 0)).desired, 4, DESIRED);
    lab.same((await decides(lab, CALM, 1, 0)).desired, 0, DESIRED);
  }),

  contract('reckons with one pod where none is ready', async (lab) => {
    lab.same((await decides(lab, { ...CALM, maxScaleUpRate: 10 }, 0, 900)).desired, 10, DESIRED);
    const quiet = await decides(lab, SPEC, 0, { stable: 3, panic: 10 });
    lab.same(quiet, { desired: 1, panicSince: null }, { what: 'the decision' });
  }),

  contract('panics when the threshold is reached, and not before', async (lab) => {
    const below = await decides(lab, SPEC, 2, { stable: 10, panic: 30 });
    lab.same(below.panicSince, null, SINCE);
    lab.same(below.desired, 1, DESIRED);
    const reached = await decides(lab, SPEC, 2, { stable: 10, panic: 31 });
    lab.same(reached.panicSince, NOW, SINCE);
    lab.same(reached.desired, 4, DESIRED);
    // The rate lets only three pods pass. Four were asked for.
    const slow = await decides(lab, { ...SPEC, maxScaleUpRate: 1.5 }, 2, { stable: 10, panic: 31 });
    lab.same(slow.panicSince, NOW, SINCE);
    lab.same(slow.desired, 3, DESIRED);
  }),

  contract('keeps the largest number of a panic, whatever comes after', async (lab) => {
    const spec = { ...SPEC, maxScaleUpRate: 2 };
    const came = await decides(lab, spec, 5, { stable: 30, panic: 70 }, panicFor(2000, 12));
    lab.same(came.desired, 12, DESIRED);
    lab.same(came.peak, 12, PEAK);
  }),

  contract('counts in a panic what the stable average asks for as well', async (lab) => {
    const came = await decides(lab, SPEC, 5, { stable: 90, panic: 70 }, panicFor(2000, 5));
    lab.same(came.desired, 9, DESIRED);
    lab.same(came.peak, 9, PEAK);
  }),

  contract('prolongs a panic each time the threshold is met', async (lab) => {
    const came = await decides(lab, SPEC, 5, { stable: 30, panic: 100 }, panicFor(50_000, 8));
    lab.same(came.panicSince, NOW, SINCE);
  }),

  contract('ends a panic when more than a stable window has passed', async (lab) => {
    const load = { stable: 30, panic: 20 };
    const at = await decides(lab, SPEC, 12, load, panicFor(60_000, 12));
    lab.same(at.panicSince, NOW - 60_000, SINCE);
    lab.same(at.desired, 12, DESIRED);
    const after = await decides(lab, SPEC, 12, load, panicFor(60_001, 12));
    lab.same(after.panicSince, null, SINCE);
    lab.same(after.desired, 6, DESIRED);
    lab.same(after.peak, 0, PEAK);
  }),

  contract('agrees with Knative in three traces of two minutes, tick by tick', async (lab) => {
    for (const trace of PLAIN) await agrees(lab, trace);
  }),

  edge('shrinks at once where nothing can reach the pods', async (lab) => {
    lab.same((await decides(lab, { ...CALM, reachable: false }, 10, 0)).desired, 0, DESIRED);
    lab.same((await decides(lab, { ...CALM, reachable: false }, 10, 15)).desired, 2, DESIRED);
  }),

  edge('gives the activation scale to any load, and nothing to none', async (lab) => {
    const three = { ...CALM, activationScale: 3 };
    lab.same((await decides(lab, three, 0, 0.1)).desired, 3, DESIRED);
    lab.same((await decides(lab, three, 1, 0)).desired, 0, DESIRED);
    // Beyond what the rate allows.
    lab.same((await decides(lab, { ...three, maxScaleUpRate: 1.1 }, 1, 5)).desired, 3, DESIRED);
  }),

  edge('rounds a hair more than three pods up to four, as Knative does', async (lab) => {
    // 0.1 + 0.2 is 0.30000000000000004 in binary.
    lab.same((await decides(lab, { ...CALM, target: 0.1 }, 3, 0.1 + 0.2)).desired, 4, DESIRED);
  }),

  edge('agrees with Knative where there is an activation scale, tick by tick', async (lab) => {
    for (const trace of ACTIVATED) await agrees(lab, trace);
  }),
];
