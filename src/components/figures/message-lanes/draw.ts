/**
 * Messages over time: a lane each, and below them the consumers. Signs and lines alone tell everything apart, in
 * the colour of the text, so that the same drawing stands in a figure, under a check, on paper and in forced
 * colours. Without a style sheet.
 */

import type { MessageStory, StoryDelivery, StoryMoment } from '#faas/schedules/message-story.ts';
import { html, svgPercent, type Markup } from '#src/components/markup.ts';
import { niceStep } from '../nice-step.ts';

const LANE = 50;
const TALL = 14;
const MARKS = 4;
const AXIS = 38;

/** How each sign looks, drawn around 0, 0. */
const SIGNS = {
  sent: 'M-5 -6h10l-5 8z',
  known: 'M-5 -6h10l-5 8zm0 0',
  effect: 'M0 -8l7 8l-7 8l-7 -8z',
  removed: 'M-5 0l4 4l7 -9',
  dead: 'M-5 -5l10 10m0 -10l-10 10',
  lost: 'M-6 0h3m3 0h3m3 0h1',
  aside: 'M-5 -5h10v10h-10z',
} as const;

type Sign = keyof typeof SIGNS;

const FILLED: readonly Sign[] = ['sent', 'effect', 'aside'];

const SIGN_OF: Partial<Record<StoryMoment['does'], Sign>> = {
  sent: 'sent',
  known: 'known',
  removed: 'removed',
  lost: 'lost',
  late: 'lost',
  aside: 'aside',
};

const LEGEND: readonly (readonly [Sign, string])[] = [
  ['sent', 'sent'],
  ['effect', 'an effect, there for good'],
  ['removed', 'done: removed'],
  ['lost', '“done” that removes nothing'],
  ['dead', 'the consumer dies'],
  ['aside', 'set aside'],
];

/** @param story of it at most ten lanes fit: three messages and two consumers are five */
export function drawMessages(story: MessageStory): Markup {
  const { events, moments, deliveries, endS } = story;
  const x = (atS: number): string => svgPercent((atS + 0.6) / (endS + 1.2), 2);
  const width = (s: number): string => svgPercent(s / (endS + 1.2), 2);
  const consumers = [...new Set(deliveries.map(({ consumer }) => consumer))].sort();
  const lanes = events.map(({ id, source }, index) => {
    const y = index * LANE + 32;
    const own = deliveries.filter(({ message }) => message === index + 1);
    const hidden = own.map(({ takenAtS, hiddenUntilS }) => {
      const until = Math.min(hiddenUntilS, endS);
      return html`<rect x="${x(takenAtS)}" y="${y - TALL / 2}" width="${width(Math.max(until - takenAtS, 0))}" height="${TALL}" fill="currentColor" fill-opacity="0.12" stroke="currentColor" stroke-dasharray="3 2"/>`;
    });
    const signs = moments
      .filter(({ message }) => message === index + 1)
      .flatMap((moment) => signsOf(moment).map((sign) => signAt(sign, x(moment.atS), y)));
    return html`${name(`${id} of ${source}`, index * LANE + 16)}<line x1="0" x2="100%" y1="${y}" y2="${y}" stroke="currentColor" stroke-opacity="0.35"/>${hidden}${signs}`;
  });
  const below = events.length * LANE;
  const busy = consumers.map((consumer, row) => {
    const y = below + row * LANE + 32;
    const own = deliveries.filter((one) => one.consumer === consumer);
    const blocks = own.map((one) => block(one, x, width, y, story));
    return html`${name(`consumer ${consumer}`, below + row * LANE + 16)}<line x1="0" x2="100%" y1="${y + TALL / 2}" y2="${y + TALL / 2}" stroke="currentColor" stroke-opacity="0.35"/>${blocks}`;
  });
  const bottom = below + consumers.length * LANE + 8;
  const step = niceStep(endS / MARKS);
  const marks = Array.from({ length: Math.floor(endS / step) + 1 }, (_none, index) => {
    const anchor = index === 0 ? 'start' : 'middle';
    return html`<text x="${x(index * step)}" y="${bottom + 14}" font-size="12" fill="currentColor" text-anchor="${anchor}">${index * step} s</text>`;
  });
  const split = html`<line x1="0" x2="100%" y1="${below + 2}" y2="${below + 2}" stroke="currentColor"/>`;
  return html`<svg role="img" aria-label="${messagesSummary(story)}" width="100%" height="${bottom + AXIS - 18}" overflow="visible">${lanes}${split}${busy}${marks}</svg>
<ul class="legend"><li><svg width="24" height="14" aria-hidden="true"><rect x="1" y="1" width="22" height="12" fill="currentColor" fill-opacity="0.12" stroke="currentColor" stroke-dasharray="3 2"/></svg>hidden from the others</li>${LEGEND.map(
    ([sign, words]) =>
      html`<li><svg width="18" height="18" aria-hidden="true"><g transform="translate(9 9)">${path(sign)}</g></svg>${words}</li>`,
  )}</ul>`;
}

/** What the picture shows, in a sentence. */
export function messagesSummary({ events, deliveries, effects, broken }: MessageStory): string {
  const all = effects.reduce((sum, count) => sum + count, 0);
  const counted = (count: number, word: string): string =>
    `${count} ${count === 1 ? word : `${word}s`}`;
  const came = `${counted(events.length, 'event')}, ${counted(deliveries.length, 'delivery').replace('deliverys', 'deliveries')}, ${counted(all, 'effect')}.`;
  return `${came} ${broken ?? 'Each event has its effect once, and the queue is empty in the end.'}`;
}

function signsOf({ does, hasEffect }: StoryMoment): Sign[] {
  if (hasEffect) return ['effect'];
  const sign = SIGN_OF[does];
  return sign === undefined ? [] : [sign];
}

function signAt(sign: Sign, x: string, y: number): Markup {
  return html`<svg x="${x}" y="${y}" overflow="visible">${path(sign)}</svg>`;
}

function path(sign: Sign): Markup {
  return html`<path d="${SIGNS[sign]}" fill="${FILLED.includes(sign) ? 'currentColor' : 'none'}" stroke="currentColor" stroke-width="2"/>`;
}

function name(text: string, y: number): Markup {
  return html`<text x="0" y="${y}" font-size="13" fill="currentColor">${text}</text>`;
}

/** A delivery in the hands of a consumer: which event, and a cross where the consumer dies. */
function block(
  { takenAtS, endedAtS, end, message }: StoryDelivery,
  x: (atS: number) => string,
  width: (s: number) => string,
  y: number,
  { events }: MessageStory,
): Markup {
  const dies = end === 'crashed' || end === 'threw';
  return html`<rect x="${x(takenAtS)}" y="${y - TALL / 2}" width="${width(endedAtS - takenAtS)}" height="${TALL}" fill="currentColor" fill-opacity="0.3" stroke="currentColor"/><svg x="${x(takenAtS)}" overflow="visible"><text x="3" y="${y + 4}" font-size="11" fill="currentColor">${events[message - 1]?.id ?? ''}</text></svg>${dies && signAt('dead', x(endedAtS), y)}`;
}
