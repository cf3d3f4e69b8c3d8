/** One hop of the checkout: does its part, which here is to wait as long as it takes, and calls the next. */

import { HOPS, knobsOf, type HopName } from './checkout-knobs.ts';
import { HopCalls, pass, type CallCounts } from './hop-calls.ts';

/** How a hop answers. */
export interface HopAnswer {
  /** Hops that have done their part, this one first. */
  readonly did: readonly HopName[];
  /** How often each hop behind this one was called. */
  readonly calls: CallCounts;
}

/**
 * @param usual what it calls where the call does not say
 * @param effect what its part does beside waiting; the answer when it refuses, else null
 */
export async function doHop(
  request: Request,
  hop: HopName,
  usual: readonly HopName[] = [],
  effect: (request: Request) => Promise<Response | null> = () => Promise.resolve(null),
): Promise<Response> {
  const knobs = knobsOf(request);
  if (knobs instanceof Response) return knobs;
  const calls = new HopCalls(request, knobs);
  const [next, ...rest] = knobs.next(usual);

  // #region hop
  if (knobs.isDown(hop)) return failed(503, `${hop} is down.`, calls.counts);

  const { waitMs } = knobs.of(hop);
  const { leftMs } = calls;
  await pass(Math.min(waitMs, leftMs));
  if (leftMs < waitMs) return failed(504, `No time was left for ${hop} to end.`, calls.counts);
  const refusal = await effect(request);
  if (refusal !== null) return refusal;
  if (next === undefined) return Response.json({ did: [hop], calls: {} } satisfies HopAnswer);

  const { is, why } = await calls.call(next, rest);
  if (is === 'late') return failed(504, why, calls.counts);
  if (is !== 'done') return failed(502, why, calls.counts);
  return Response.json({ did: [hop, next, ...rest], calls: calls.counts } satisfies HopAnswer);
  // #endregion
}

/** Takes back what the hop did. Twice is as good as once: this one keeps nothing. */
export function undoHop(request: Request, hop: HopName): Response {
  const knobs = knobsOf(request);
  if (knobs instanceof Response) return knobs;
  if (knobs.isStuck(hop)) return failed(503, `${hop} can take nothing back.`, {});
  return Response.json({ undid: [hop], calls: {} });
}

/** The whole chain behind a hop. */
export function chainAfter(hop: HopName): HopName[] {
  return HOPS.slice(HOPS.indexOf(hop) + 1);
}

/** A problem document that says how often the hops behind were called. */
export function failed(
  status: number,
  detail: string,
  calls: CallCounts,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const title = TITLES[status] ?? 'Error';
  return Response.json(
    { type: 'about:blank', title, status, detail, calls, ...more },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}

const TITLES: Readonly<Record<number, string>> = {
  409: 'Conflict',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
