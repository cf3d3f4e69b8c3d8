/** The picture as a table: calls with the same answer that follow each other are one row. */

import { html, type Markup } from '#src/components/markup.ts';
import { axisTime } from '#src/format/duration.ts';
import { atMostDecimals, wholeNumber } from '#src/format/number.ts';
import { comeBy, type Flow, type FlowCall } from './flow.ts';

export function flowTable(flow: Flow): Markup {
  const rows = stretches(comeBy(flow)).map(({ from, calls }) => {
    const [first] = calls;
    const last = calls.at(-1);
    if (first === undefined || last === undefined) return null;
    const to = from + calls.length - 1;
    const which = from === to ? String(from) : `${String(from)} to ${String(to)}`;
    const times =
      first.atMs === last.atMs
        ? axisTime(first.atMs)
        : `${axisTime(first.atMs)} to ${axisTime(last.atMs)}`;
    const answer = first.isLet ? 'let in' : `429, come again after ${String(last.retryAfterS)} s`;
    return html`<tr><th scope="row">${which}</th><td>${times}</td><td>${answer}</td><td>${atMostDecimals(last.left, 2)}</td></tr>`;
  });
  return html`<table class="ledger"><thead><tr><th scope="col">Call</th><th scope="col">Came after</th><th scope="col">Answer, with Retry-After rounded up to seconds</th><th scope="col">Tokens left</th></tr></thead><tbody>${rows}</tbody></table>`;
}

/** Let in and refused so far, the function's own count, and what no set of calls can exceed. */
export function flowCounts(flow: Flow): Markup {
  const { setup, nowMs } = flow;
  const come = comeBy(flow);
  const letIn = come.filter(({ isLet }) => isLet).length;
  const seconds = (come.at(-1)?.atMs ?? 0) / 1000;
  const most = Math.floor(setup.burst + setup.rate * seconds + 1e-9);
  const readout = (name: string, value: string): Markup =>
    html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="readouts">${readout('Calls so far', wholeNumber(come.length))}${readout('Refused, 429', wholeNumber(come.length - letIn))}${readout('The function has served', wholeNumber(letIn))}</dl><p>${wholeNumber(letIn)} let in by ${axisTime(Math.min(nowMs, seconds * 1000))}. At most it can be ${wholeNumber(setup.burst)} + ${atMostDecimals(setup.rate, 2)} × ${atMostDecimals(seconds, 2)} s: ${wholeNumber(most)} whole calls, if somebody asks all the time.</p>`;
}

interface Stretch {
  /** Number of the first of them, from 1. */
  readonly from: number;
  readonly calls: FlowCall[];
}

function stretches(calls: readonly FlowCall[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [index, call] of calls.entries()) {
    const last = found.at(-1);
    if (last?.calls[0]?.isLet === call.isLet) last.calls.push(call);
    else found.push({ from: index + 1, calls: [call] });
  }
  return found;
}
