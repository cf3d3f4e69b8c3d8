/** The sums of one tick with all their numbers, what a call at zero got, and the whole run as a table. */

import { html, type Markup } from '#src/components/markup.ts';
import { axisTime } from '#src/format/duration.ts';
import { atMostDecimals, counted, wholeNumber } from '#src/format/number.ts';
import { isInPanic, type KpaMoment, type KpaRun, type KpaTick } from './run.ts';

/** One tick, rule by rule. */
export function tickSums({ run, at }: KpaMoment): Markup {
  const tick = run.ticks[at];
  if (tick === undefined) return html`<p>No tick.</p>`;
  const rows = [...rowsOf(tick, run), ...afterwards(tick, run)].map(
    ([what, how, result]) =>
      html`<tr><th scope="row">${what}</th><td>${how}</td><td>${result}</td></tr>`,
  );
  const when = tick.isAtOnce ? `${axisTime(tick.atMs)}, at once for a call` : axisTime(tick.atMs);
  return html`<table class="ledger"><caption>Tick at ${when}</caption><thead><tr><th scope="col">Rule</th><th scope="col">How</th><th scope="col">Result</th></tr></thead><tbody>${rows}</tbody></table>`;
}

type Row = readonly [what: string, how: string, result: string];

function rowsOf({ sums, observed, ready, atMs }: KpaTick, { spec }: KpaRun): Row[] {
  if (sums === null || observed === null) {
    return [['Averages', 'nobody has reported a call, nor that there is none', 'no decision']];
  }
  const { base, least, most, stableWanted, panicWanted, calm, surge, panic } = sums;
  const target = atMostDecimals(spec.targetValue, 2);
  const asks = (average: number): string => `${atMostDecimals(average, 2)} ÷ ${target}, rounded up`;
  const { panicThreshold, stableWindowMs, maxScaleUpRate, maxScaleDownRate } = spec;
  const times = `${wholeNumber(panicWanted)} ÷ ${wholeNumber(base)}`;
  const age = panic.since === null ? null : atMs - panic.since;
  return [
    [
      'Pods that count',
      ready === 0 ? 'none is ready, so one counts' : 'those that are ready',
      wholeNumber(base),
    ],
    [
      'Most',
      `${wholeNumber(base)} × ${atMostDecimals(maxScaleUpRate, 2)}, rounded up`,
      wholeNumber(most),
    ],
    [
      'Least',
      `${wholeNumber(base)} ÷ ${atMostDecimals(maxScaleDownRate, 2)}, rounded down`,
      wholeNumber(least),
    ],
    ['Stable window asks', asks(observed.stable), wholeNumber(stableWanted)],
    [
      'and is given',
      `between ${wholeNumber(least)} and ${wholeNumber(most)}${activation(spec.activationScale)}`,
      wholeNumber(calm),
    ],
    ['Panic window asks', asks(observed.panic), wholeNumber(panicWanted)],
    [
      'and is given',
      `between ${wholeNumber(least)} and ${wholeNumber(most)}${activation(spec.activationScale)}`,
      wholeNumber(surge),
    ],
    [
      'Panic?',
      sums.isOverThreshold
        ? `${times} is ${atMostDecimals(panicThreshold, 2)} or more`
        : age === null
          ? `${times} is less than ${atMostDecimals(panicThreshold, 2)}`
          : `${axisTime(age)} since it was met, and not more than ${axisTime(stableWindowMs)}`,
      panic.since === null ? 'no' : 'yes',
    ],
    [
      'Wanted',
      panic.since === null
        ? 'what the stable window is given'
        : `the largest of this panic: ${wholeNumber(panic.peak)}`,
      wholeNumber(sums.undelayed),
    ],
  ];
}

function activation(scale: number): string {
  return scale > 1 ? `, and ${wholeNumber(scale)} at least if it asks for any` : '';
}

/** What becomes of the count: the activator, and the way to zero. */
function afterwards(
  { ready, observed, excess, desired, scale, isActivatorIn }: KpaTick,
  { spec, setup, trace }: KpaRun,
): Row[] {
  const { targetBurstCapacity: burst, totalValue } = spec;
  const path = isActivatorIn ? 'in the path' : 'not in the path';
  const sum = `${wholeNumber(ready)} × ${atMostDecimals(totalValue, 2)} − ${wholeNumber(burst)} − ${atMostDecimals(observed?.panic ?? 0, 2)}, rounded down`;
  const how =
    !setup.activator && trace === null
      ? 'taken away'
      : burst < 0
        ? 'always, by target-burst-capacity −1'
        : burst === 0
          ? 'at zero only, by target-burst-capacity 0'
          : `${sum}: ${excess === null ? 'not known' : wholeNumber(excess).replace('-', '−')}; below 0 it stays`;
  const rows: Row[] = [['Activator', how, path]];
  if (trace !== null) return rows;
  const waits =
    scale !== desired ? 'the last pod stays until its window and its grace are over' : 'as wanted';
  return [...rows, ['Pods from now on', waits, wholeNumber(scale)]];
}

/** What a call got that came while no pod was ready; for a recording, that the numbers are Knative's. */
export function ticksOutcome({ run }: KpaMoment): Markup {
  const { trace, callAtZero, setup, ticks } = run;
  if (trace !== null) {
    const agreeing = trace.ticks.filter(
      ({ desired, excessBurstCapacity }, index) =>
        ticks[index]?.desired === desired && ticks[index]?.excess === excessBurstCapacity,
    ).length;
    return html`<p>Averages and ready pods are those of a recording, and Knative’s own code has answered them. In ${wholeNumber(agreeing)} of ${counted(trace.ticks.length, 'tick')} this figure wants the same number of pods.</p>`;
  }
  if (callAtZero === null) return html`<p>No call came while there was no pod.</p>`;
  const { atMs, answeredMs } = callAtZero;
  if (!setup.activator) {
    const woke = ticks.some(({ scale }) => scale > 0);
    return html`<p>The call at ${axisTime(atMs)} found no pod, and nobody to hold it: <b>an error</b>. ${woke ? '' : 'Nobody reported it either, so no pod was ever wanted.'}</p>`;
  }
  if (answeredMs === null) {
    return html`<p>The call at ${axisTime(atMs)} is still held when this run ends.</p>`;
  }
  return html`<p>The call at ${axisTime(atMs)} found no pod. The activator held it, the autoscaler <b>acted at once</b>, and the call was handed on <b>${axisTime(answeredMs - atMs)} later</b>, when a pod was ready.</p>`;
}

/** Ticks at which something other than an average changes. */
export function ticksTable({ run }: KpaMoment): Markup {
  let last = '';
  const rows = run.ticks.flatMap((tick) => {
    const { atMs, observed, ready, desired, scale, isActivatorIn } = tick;
    const panics = isInPanic(tick);
    const state = JSON.stringify([ready, desired, scale, panics, isActivatorIn]);
    if (state === last) return [];
    last = state;
    const average = (value: number | undefined): string =>
      value === undefined ? '–' : atMostDecimals(value, 2);
    return [
      html`<tr><th scope="row">${axisTime(atMs)}</th><td>${average(observed?.stable)}</td><td>${average(observed?.panic)}</td><td>${wholeNumber(ready)}</td><td>${wholeNumber(desired)}</td><td>${panics ? 'yes' : 'no'}</td><td>${isActivatorIn ? 'in' : 'out'}</td></tr>`,
    ];
  });
  return html`<table class="ledger"><thead><tr><th scope="col">After</th><th scope="col">Stable average</th><th scope="col">Panic average</th><th scope="col">Ready</th><th scope="col">Wanted</th><th scope="col">Panic</th><th scope="col">Activator</th></tr></thead><tbody>${rows}</tbody></table>`;
}
