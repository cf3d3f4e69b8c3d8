/**
 * The receipt of one call or several: what ran, and what it cost. Drawn alike by the build from a
 * recording and by the page from a live run.
 */

import { html, type Markup } from '#src/components/markup.ts';
import type { Run } from '#src/demo/places/place.ts';
import { duration } from '#src/format/duration.ts';
import { shortHash } from '#src/format/hash.ts';
import { instanceName } from '#src/format/instance.ts';
import { megabytes } from '#src/format/memory.ts';
import { callTable } from './call-table.ts';
import { answerText, callBadge, problemMessage, statusText } from './answer.ts';
import { doorLine, isKeptOut } from './door-line.ts';
import { fieldName, observation } from './observation.ts';
import { timeSplit } from './time-split.ts';

/** What the reader has not been taught yet waits behind a fold. */
export interface ReceiptFolds {
  /** What is told of the instance. @default false */
  readonly instances?: boolean | undefined;
  /** What it would cost: until then that part is about time. @default false */
  readonly prices?: boolean | undefined;
}

/** The runs of one press, and what a receipt says about them. */
export interface Receipt {
  /** In the order they were asked; at least one. */
  readonly runs: readonly Run[];
  /** What the prediction is about; null when nothing is predicted. */
  readonly observe: string | null;
  /** Whether the reader made it, or the build. */
  readonly kind: 'live' | 'recorded';
  /** SHA-256 of the source that the page shows. */
  readonly code: string;
  /** Without the table of its calls: a page carries that for one language. @default false */
  readonly brief?: boolean;
  readonly folds?: ReceiptFolds;
  /** The bill, already drawn; null where prices are not explained yet. */
  readonly bill: Markup | null;
}

/** The half with the answers and the instances. */
export function whatRan(receipt: Receipt): Markup {
  return receipt.runs.length === 1 ? oneRan(receipt) : manyRan(receipt);
}

/** The half with time, memory and money. */
export function whatItCost({ runs, bill, folds }: Receipt): Markup {
  const label = folds?.prices ? 'How long it took' : 'What it cost';
  return html`<p class="label">${label}</p>${timeSplit(runs)}${means(runs)}${bill}`;
}

function oneRan(receipt: Receipt): Markup {
  const run = lastOf(receipt.runs);
  return html`${heading(receipt)}${asked(run)}
<p class="verdict">${callBadge(run)} <span class="num">${statusText(run)}</span></p>
${problemMessage(run)}${doorLine(run)}${observed(receipt)}${answerText(run)}
${instanceOf(run, receipt.folds)}
${proof(receipt)}${headers(receipt)}${logs(receipt.runs)}`;
}

/** Which instance answered, if the place tells. */
function instanceOf({ instance, ageMs, served }: Run, folds?: ReceiptFolds): Markup | null {
  if (instance === null) return null;
  const told = html`<dl class="readouts"><div><dt>Instance</dt><dd title="${instance}">${instanceName(instance)}</dd></div>${readout(
    'Age',
    ageMs === null ? null : duration(ageMs),
  )}${readout('Served', served === null ? null : String(served))}</dl>`;
  return folds?.instances
    ? html`<details class="disclosure"><summary>Which copy of the function answered</summary>${told}</details>`
    : told;
}

function manyRan(receipt: Receipt): Markup {
  const { runs, observe, brief = false } = receipt;
  const instances = new Set(runs.map((run) => run.instance).filter((id) => id !== null)).size;
  const cold = runs.filter((run) => run.cold === true).length;
  const keptOut = runs.filter(isKeptOut).length;
  const failed = runs.filter((run) => run.status >= 400).length - keptOut;
  return html`${heading(receipt)}${asked(lastOf(runs))}
<dl class="readouts">${readout('Calls', String(runs.length))}${readout(
    'Instances',
    instances === 0 ? null : String(instances),
  )}${readout('Cold', instances === 0 ? null : String(cold))}${readout(
    'Failed',
    failed === 0 ? null : String(failed),
  )}${readout('Kept out', keptOut === 0 ? null : String(keptOut))}</dl>${doorLine(runs.find(isKeptOut) ?? lastOf(runs))}
${observed(receipt)}
${!brief && callTable(runs, observe)}
${proof(receipt)}<details class="disclosure"><summary>Last answer</summary>${answerText(
    lastOf(runs),
  )}</details>${headers(receipt)}${logs(runs)}`;
}

function heading({ kind }: Receipt): Markup {
  return html`<p class="label">What ran <span class="kind">${kind}</span></p>`;
}

/** Which call it answers, where that does not go without saying: the reader may ask something else by now. */
function asked({ call }: Run): Markup | null {
  if (call.url === call.function) return null;
  return html`<p class="asked"><code>${call.method} ${call.url}</code></p>`;
}

/** What the prediction is about, out of an answer that may be long. */
function observed({ runs, observe }: Receipt): Markup | null {
  if (observe === null) return null;
  const value = observation(runs, observe);
  return value === null
    ? null
    : html`<p class="observed"><code>${fieldName(observe)}</code> ${value}</p>`;
}

function lastOf(runs: readonly Run[]): Run {
  const run = runs.at(-1);
  if (run) return run;
  throw new Error('A receipt expected at least one run, and found none.');
}

function readout(name: string, value: string | null): Markup | null {
  return value === null ? null : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Whether the code that the page shows is the code that ran. */
function proof({ runs, code }: Receipt): Markup | null {
  const ran = runs.findLast((run) => run.code !== null && !isKeptOut(run))?.code ?? null;
  if (ran === null) return null;
  if (ran === code) {
    return html`<p class="proof"><span aria-hidden="true">✓</span> The code shown is the code that ran: source <code>${shortHash(ran)}</code>.</p>`;
  }
  return html`<p class="message" data-state="fault">The source has changed since this page was made: it shows <code>${shortHash(code)}</code>, and <code>${shortHash(ran)}</code> ran. Reload the page.</p>`;
}

function means(runs: readonly Run[]): Markup {
  const most = (values: (number | null)[]): number | null =>
    values.reduce<number | null>((a, b) => (b === null ? a : Math.max(a ?? 0, b)), null);
  const cpu = runs.map((run) => run.cpuMs).filter((ms) => ms !== null);
  const memory = most(runs.map((run) => run.memoryMb));
  const cpuMs = cpu.length === 0 ? null : cpu.reduce((sum, ms) => sum + ms, 0);
  if (cpuMs === null && memory === null) return html``;
  return html`<dl class="readouts">${readout('CPU', cpuMs === null ? null : duration(cpuMs))}${readout(
    runs.length === 1 ? 'Memory' : 'Most memory',
    memory === null ? null : megabytes(memory),
  )}</dl>`;
}

/** A recording leaves them out: a page carries many, and what they say is in the receipt. */
function headers({ runs, kind }: Receipt): Markup | null {
  if (kind === 'recorded') return null;
  const lines = lastOf(runs).headers.map(([name, value]) => html`<b>${name}</b>: ${value}\n`);
  return html`<details class="disclosure"><summary>Headers</summary><pre class="log" tabindex="0" role="group" aria-label="Headers of the answer">${lines}</pre></details>`;
}

function logs(runs: readonly Run[]): Markup | null {
  const lines = runs.flatMap((run) => run.logs);
  if (lines.length === 0) return null;
  return html`<details class="disclosure" open><summary>What it printed</summary><pre class="log" tabindex="0" role="group" aria-label="Lines that the function printed">${lines.map(
    ({ stream, text }) => (stream === 'stderr' ? html`<b>${text}</b>\n` : html`${text}\n`),
  )}</pre></details>`;
}
