/** What the reader said, what was seen and what the model says, side by side. */

import { html, type Markup } from '#src/components/markup.ts';
import { durationOrDash } from '#src/format/duration.ts';
import { deviation, signed } from '#src/format/percent.ts';
import type { Compared } from './model.ts';
import { GUESSES, slowOnes, type Burst } from './setup.ts';

export interface Prediction {
  /** Null when the reader did without. */
  readonly instances: number | null;
  readonly slow: string | null;
}

export const NO_PREDICTION: Prediction = { instances: null, slow: null };

export function comparisonTable(
  { measured, modelled, slow }: Compared,
  { calls }: Burst,
  said: Prediction,
): Markup {
  const rows: Row[] = [
    count('Instances', said.instances, measured.instances.started, modelled.instances.started),
    {
      what: 'Slow calls',
      said: said.slow === null ? '—' : wordsOf(said.slow),
      was: wordsOf(slowOnes(slow.measured, calls)),
      model: wordsOf(slowOnes(slow.modelled, calls)),
      off: '',
    },
    count('Cold starts', null, measured.requests.cold, modelled.requests.cold),
    time('Half were answered within', measured.latencyMs.total.p50, modelled.latencyMs.total.p50),
    time('The slowest took', measured.latencyMs.total.max, modelled.latencyMs.total.max),
  ];
  return html`<table class="ledger"><thead><tr><th scope="col"><span class="visually-hidden">What</span></th><th scope="col">You said</th><th scope="col">It was</th><th scope="col">The model says</th><th scope="col">Off by</th></tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.what}</th><td>${row.said}</td><td><strong>${row.was}</strong></td><td>${row.model}</td><td>${row.off}</td></tr>`,
  )}</tbody></table>`;
}

interface Row {
  readonly what: string;
  readonly said: string;
  readonly was: string;
  readonly model: string;
  /** Of the model, from what was measured. */
  readonly off: string;
}

function count(what: string, said: number | null, was: number, model: number): Row {
  const off = signed(model - was, String);
  return {
    what,
    said: said === null ? '—' : String(said),
    was: String(was),
    model: String(model),
    off,
  };
}

function time(what: string, was: number | null, model: number | null): Row {
  const off = was && model !== null ? signed((model - was) / was, deviation) : '';
  return { what, said: '—', was: durationOrDash(was), model: durationOrDash(model), off };
}

function wordsOf(guess: string): string {
  return GUESSES.find(({ value }) => value === guess)?.text ?? guess;
}
