/** Instances over time, measured and modelled, one laid over the other. */

import { html, type Markup } from '#src/components/markup.ts';
import { duration } from '#src/format/duration.ts';
import { atMostDecimals, counted } from '#src/format/number.ts';
import { livingAt, type BurstComparison, type LivingStep } from './model.ts';

const HEIGHT = 130;
const TOP = 20;
const AXIS = 24;
/** Width of the picture in its own units. */
const WIDTH = 1000;
/** A little of what comes after the last answer. */
const AFTER = 1.06;

/** The picture, with a sentence that says what it shows as its label. */
export function drawBurst(compared: BurstComparison): Markup {
  const { measuredSteps, modelledSteps, lastsMs } = compared;
  const toMs = Math.max(1, lastsMs * AFTER);
  const most = Math.max(1, ...[...measuredSteps, ...modelledSteps].map(({ living }) => living));
  const y = (living: number): number => Math.round(HEIGHT * (1 - living / most));
  const path = (steps: readonly LivingStep[]): string => outline(steps, toMs, y);
  return html`<svg role="img" aria-label="${burstSummary(compared)}" width="100%" height="${TOP + HEIGHT + AXIS}"><g transform="translate(0 ${TOP})">
<line class="grid" x1="0" x2="100%" y1="0" y2="0"/><text class="tick" x="100%" y="-7" text-anchor="end">${counted(most, 'instance')}</text>
<svg width="100%" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" overflow="visible"><path class="measured" d="M0 ${HEIGHT}${path(measuredSteps)}V${HEIGHT}z"/><path class="modelled" d="M0 ${HEIGHT}${path(modelledSteps)}"/></svg>
<line class="axis" x1="0" x2="100%" y1="${HEIGHT}" y2="${HEIGHT}"/>${[0, 0.25, 0.5, 0.75, 1].map((share) => tick(share, toMs))}</g></svg>`;
}

/** What the picture shows, in a sentence. */
function burstSummary({ measured, modelled, apart }: BurstComparison): string {
  return `Measured, ${counted(measured.instances.started, 'instance')}; in the model, ${counted(modelled.instances.started, 'instance')}. Over time the two are ${apartText(apart)} apart.`;
}

/** @param apart instances, on average over time */
export function apartText(apart: number): string {
  return `${atMostDecimals(apart, apart < 1 ? 2 : 1)} instances`;
}

function outline(
  steps: readonly LivingStep[],
  toMs: number,
  y: (living: number) => number,
): string {
  const shown = steps.filter(
    ({ atMs, living }, index) => atMs < toMs && living !== steps[index - 1]?.living,
  );
  const points = shown.map(
    ({ atMs, living }) => `H${Math.round((WIDTH * atMs) / toMs)}V${y(living)}`,
  );
  return `${points.join('')}H${WIDTH}V${y(livingAt(steps, toMs))}`;
}

function tick(share: number, toMs: number): Markup {
  const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
  return html`<text class="tick" x="${100 * share}%" y="${HEIGHT + 18}" text-anchor="${anchor}">${duration(share * toMs)}</text>`;
}
