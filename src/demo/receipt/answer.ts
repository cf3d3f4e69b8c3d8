/** What came back: status, body, or the problem that took its place. */

import type { Problem } from '#faas/core/problem.ts';
import { html, type Markup } from '#src/components/markup.ts';
import type { Run } from '#src/demo/places/place.ts';
import { isKeptOut } from './door-line.ts';

/** More of a body than this is cut, and said to be. */
const SHOWN_CHARACTERS = 4000;

/** The state of a call as shape, colour and word. */
export function callBadge(run: Run): Markup {
  const badges = [];
  const fault = faultInWord(run);
  if (fault !== null) badges.push(html`<span class="badge" data-state="fault">${fault}</span>`);
  if (run.cold === true) badges.push(html`<span class="badge" data-state="cold">cold start</span>`);
  if (run.cold === false) badges.push(html`<span class="badge" data-state="idle">warm</span>`);
  return html`${badges}`;
}

/** In a word: the platform has a problem, or the function itself said no. Null when all went well. */
export function faultInWord(run: Run): string | null {
  if (run.status < 400) return null;
  if (isKeptOut(run)) return 'kept out';
  if (problemOf(run) !== null) return 'failed';
  return run.status < 500 ? 'refused' : 'error';
}

/** `Status 200`, the word for screen readers only. */
export function statusText(run: Run): Markup {
  return html`<span class="visually-hidden">Status </span>${run.status}`;
}

/** The problem document of a failed run, or null. */
export function problemOf(run: Run): Problem | null {
  const type = run.headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (!type.startsWith('application/problem+json')) return null;
  try {
    const value: unknown = JSON.parse(run.body);
    return isProblem(value) ? value : null;
  } catch {
    return null;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && 'code' in value;
}

/** Title, detail and code of the problem; null when the run has none. */
export function problemMessage(run: Run): Markup | null {
  const problem = problemOf(run);
  if (problem === null) return null;
  return html`<p class="message" data-state="fault"><strong>${problem.title}.</strong> ${problem.detail} <code>${problem.code}</code></p>`;
}

/** The body as it came; JSON with its structure laid open. */
export function answerText(run: Run): Markup | null {
  const text = laidOpen(run.body);
  if (text === '') return html`<p class="nothing">An empty body.</p>`;
  if (problemOf(run) !== null) {
    return html`<details class="disclosure"><summary>Problem document</summary>${log(text)}</details>`;
  }
  return log(text);
}

function log(text: string): Markup {
  const cut = text.length > SHOWN_CHARACTERS;
  const shown = cut
    ? `${text.slice(0, SHOWN_CHARACTERS)}\n… ${text.length} characters in all`
    : text;
  return html`<pre class="log" tabindex="0" role="group" aria-label="Body of the answer">${shown}</pre>`;
}

function laidOpen(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
