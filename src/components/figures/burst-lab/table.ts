/** What the reader said, what was seen and what the model says, side by side: the table of a burst. */

import { html, type Markup } from '#src/components/markup.ts';
import { durationOrDash } from '#src/format/duration.ts';
import type { BurstComparison } from './model.ts';
import { slowOnes, type BurstGuess, type BurstSetup } from './setup.ts';
import { percentile } from './sorted-calls.ts';

/** A row for each measure, with a column for the prediction, the measurement and the model. */
export function burstTable(
  { measured, modelled, slow, took }: BurstComparison,
  { calls }: BurstSetup,
  said: BurstGuess,
): Markup {
  const rows: Row[] = [
    count('Instances', said.instances, measured.instances.started, modelled.instances.started),
    {
      what: 'Slow calls',
      said: said.slow ?? '—',
      was: slowOnes(slow.measured, calls),
      model: slowOnes(slow.modelled, calls),
    },
    count('Cold starts', null, measured.requests.cold, modelled.requests.cold),
    ...WITHIN.map(({ what, share }) => ({
      what,
      said: '—',
      was: durationOrDash(percentile(took.measured, share)),
      model: durationOrDash(percentile(took.modelled, share)),
    })),
  ];
  return html`<table class="ledger"><thead><tr><th scope="col"><span class="visually-hidden">What</span></th><th scope="col">You said</th><th scope="col">It was</th><th scope="col">The model says</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.what}</th><td>${row.said}</td><td><strong>${row.was}</strong></td><td>${row.model}</td></tr>`,
  )}</tbody></table>`;
}

interface Row {
  readonly what: string | Markup;
  readonly said: string;
  readonly was: string;
  readonly model: string;
}

/** Times by which a share of the calls was answered. */
const WITHIN = [
  { what: html`Half were answered within <small>(p50)</small>`, share: 0.5 },
  { what: html`Nine in ten within <small>(p90)</small>`, share: 0.9 },
  { what: 'The slowest took', share: 1 },
] as const;

function count(what: string, said: number | null, was: number, model: number): Row {
  return {
    what,
    said: said === null ? '—' : String(said),
    was: String(was),
    model: String(model),
  };
}
