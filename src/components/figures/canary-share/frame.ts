/** What the figure shows of a set-up: drawn by the build and by the page alike. */

import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { counted, wholeNumber } from '#src/format/number.ts';
import { CANARY_CALLERS, CALLS_EACH, type CanaryRun, type SharedCall } from './run.ts';

const CELL = 16;

/** A column a caller, a row a call: an outline is the steady revision, a full square the canary, a cross a failure. */
function drawCallers(run: CanaryRun): Markup {
  const cells = run.callers.flatMap((calls, caller) =>
    calls.map((call, row) =>
      cell(call, svgPercent((caller + 0.5) / CANARY_CALLERS, 2), row * CELL),
    ),
  );
  return html`<svg role="img" aria-label="${canarySummary(run)}" width="100%" height="${CALLS_EACH * CELL}">${cells}</svg>
<ul class="legend"><li><svg width="12" height="12" aria-hidden="true"><rect class="steady" x="1" y="1" width="10" height="10"/></svg>steady</li><li><svg width="12" height="12" aria-hidden="true"><rect class="canary" x="1" y="1" width="10" height="10"/></svg>canary</li><li><svg width="12" height="12" aria-hidden="true"><path class="failed" d="M1 1l10 10m0-10l-10 10"/></svg>canary, failed</li></ul>`;
}

function cell({ isCanary, hasFailed }: SharedCall, x: string, y: number): Markup {
  const mark = hasFailed
    ? html`<path class="failed" d="M-4 ${y + 3}l8 8m0-8l-8 8"/>`
    : html`<rect class="${isCanary ? 'canary' : 'steady'}" x="-4" y="${y + 3}" width="8" height="8"/>`;
  return html`<svg x="${x}" overflow="visible">${mark}</svg>`;
}

/** What the picture shows, in a sentence. */
export function canarySummary({ setup, canary, failed, metBoth }: CanaryRun): string {
  const all = CANARY_CALLERS * CALLS_EACH;
  return `By ${setup.by}, ${wholeNumber(setup.weight)} %: the canary got ${wholeNumber(canary)} of ${counted(all, 'call')} and failed ${wholeNumber(failed)}; ${wholeNumber(metBoth)} of ${counted(CANARY_CALLERS, 'caller')} met both.`;
}

function counts(run: CanaryRun): Markup {
  const readout = (name: string, value: number): Markup =>
    html`<div><dt>${name}</dt><dd>${wholeNumber(value)}</dd></div>`;
  return html`<dl class="readouts">${readout('Calls', CANARY_CALLERS * CALLS_EACH)}${readout('of the canary', run.canary)}${readout('failed', run.failed)}${readout('Callers who met both', run.metBoth)}</dl>`;
}

function proof({ setup, proof: { failsBelow, passesAnyway } }: CanaryRun): Markup {
  const percent = (share: number): string => `${wholeNumber(Math.round(share * 100))} %`;
  return html`<p>${counted(setup.clean, 'clean call')} in a row: at 95 %, all that they prove is that <b>less than ${percent(failsBelow)}</b> fail. A version that fails ${wholeNumber(setup.fails)} % passes them all in <b>${percent(passesAnyway)}</b> of the cases.</p>`;
}

function callerTable({ callers }: CanaryRun): Markup {
  const rows = callers.map((calls, n) => {
    const canary = calls.filter(({ isCanary }) => isCanary).length;
    const failed = calls.filter(({ hasFailed }) => hasFailed).length;
    return html`<tr><th scope="row">${n + 1}</th><td>${calls.length - canary}</td><td>${canary}</td><td>${failed}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Caller</th><th scope="col">Calls to steady</th><th scope="col">Calls to canary</th><th scope="col">of them failed</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** What is drawn into the element with `data-part` of the same name. */
export const CANARY_FRAME = {
  chart: drawCallers,
  counts,
  proof,
  table: callerTable,
} as const satisfies Record<string, (run: CanaryRun) => Markup>;
