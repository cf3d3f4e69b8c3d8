/** Gives the activation scale to one who asks for nothing. */

interface Spec {
  target: number;
  panicThreshold: number;
  maxScaleUpRate: number;
  maxScaleDownRate: number;
  stableWindowMs: number;
  reachable: boolean;
  activationScale: number;
}

interface Observed {
  now: number;
  stable: number;
  panic: number;
  ready: number;
}

interface State {
  panicSince: number | null;
  peak: number;
}

interface Step {
  desired: number;
  state: State;
}

export function step(spec: Spec, state: State, observed: Observed): Step {
  const { now, stable, panic, ready } = observed;
  const pods = Math.max(1, ready);
  const most = Math.ceil(pods * spec.maxScaleUpRate);
  const least = spec.reachable ? Math.floor(pods / spec.maxScaleDownRate) : 0;
  const asks = (average: number): number => Math.ceil(average / spec.target);
  const given = (asked: number): number => {
    const held = Math.min(Math.max(asked, least), most);
    return Math.max(held, spec.activationScale);
  };
  const calm = given(asks(stable));
  const surge = given(asks(panic));
  let { panicSince, peak } = state;
  if (asks(panic) / pods >= spec.panicThreshold) panicSince = now;
  else if (panicSince !== null && now - panicSince > spec.stableWindowMs) panicSince = null;
  peak = panicSince === null ? 0 : Math.max(peak, calm, surge);
  return { desired: panicSince === null ? calm : peak, state: { panicSince, peak } };
}
