/** Several calls, a row each. */

import { html, type Markup } from '#src/components/markup.ts';
import type { Run } from '#src/demo/places/place.ts';
import { duration } from '#src/format/duration.ts';
import { instanceName } from '#src/format/instance.ts';
import { faultInWord, problemOf } from './answer.ts';
import { fieldName, valueOf } from './observation.ts';

/** @param observe what the prediction is about, if anything: it has a column */
export function callTable(runs: readonly Run[], observe: string | null): Markup {
  const pointer = observe?.startsWith('/') === true ? observe : null;
  const rows = runs.map(
    (run, index) =>
      html`<tr><th scope="row">${index + 1}</th><td>${stateOf(run)}</td>${
        pointer !== null && html`<td>${valueOf(run, pointer) ?? problemOf(run)?.code ?? '—'}</td>`
      }${instanceCell(run)}<td>${run.status}</td><td>${duration(run.totalMs)}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="The calls, one by one"><table class="ledger">
<thead><tr><th scope="col">Call</th><th scope="col">Start</th>${
    pointer !== null && html`<th scope="col"><code>${fieldName(pointer)}</code></th>`
  }<th scope="col">Instance</th><th scope="col">Status</th><th scope="col">Time</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function instanceCell({ instance }: Run): Markup {
  if (instance === null) return html`<td>—</td>`;
  return html`<td title="${instance}">${instanceName(instance)}</td>`;
}

function stateOf(run: Run): Markup {
  const fault = faultInWord(run);
  const [state, word] =
    fault !== null
      ? ['fault', fault]
      : run.cold === true
        ? ['cold', 'cold']
        : run.cold === false
          ? ['idle', 'warm']
          : ['zero', 'unknown'];
  return html`<span class="state"><span class="swatch" data-state="${state}"></span>${word}</span>`;
}
