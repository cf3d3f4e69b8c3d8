/** Where the time went: a bar, and the same in numbers. */

import { html, type Markup } from '#src/components/markup.ts';
import type { Run, TimeSplit } from '#src/demo/places/place.ts';
import { duration } from '#src/format/duration.ts';

interface Phase {
  readonly key: keyof TimeSplit;
  readonly name: string;
  readonly state: string;
}

/** In the order they happen. */
const PHASES: readonly Phase[] = [
  { key: 'queue', name: 'Waiting in the queue', state: 'zero' },
  { key: 'start', name: 'Starting the instance', state: 'cold' },
  { key: 'init', name: 'Loading the code', state: 'cold' },
  { key: 'handler', name: 'Running the handler', state: 'busy' },
  { key: 'network', name: 'On the way', state: 'zero' },
];

/** @param runs at least one; their times are added up */
export function timeSplit(runs: readonly Run[]): Markup {
  const phases = PHASES.flatMap((phase) => {
    const times = runs.map((run) => run.split[phase.key]).filter((ms) => ms !== null);
    return times.length === 0 ? [] : [{ ...phase, ms: sum(times) }];
  });
  const total = sum(runs.map((run) => run.totalMs));
  const bar = phases.map(
    ({ key, state, ms }) =>
      html`<svg data-phase="${key}" data-state="${state}" width="${share(ms, total)}%"></svg>`,
  );
  const rows = phases.map(
    ({ key, name, state, ms }) =>
      html`<tr><th scope="row"><span class="phase" data-phase="${key}" data-state="${state}"></span> ${name}</th><td>${duration(ms)}</td></tr>`,
  );
  const name =
    runs.length === 1 ? 'From asking to the last byte' : `All ${runs.length} calls, added up`;
  return html`<div class="split" aria-hidden="true">${bar}</div>
<table class="ledger"><tbody>${rows}</tbody><tfoot><tr><th scope="row">${name}</th><td>${duration(total)}</td></tr></tfoot></table>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** In percent of the whole, to a tenth. */
function share(ms: number, total: number): number {
  return total === 0 ? 0 : Math.round((1000 * ms) / total) / 10;
}
