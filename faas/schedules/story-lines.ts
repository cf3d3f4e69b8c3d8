/** A story in words: what goes wrong, and then what happens, a line each. */

import { faultSentence } from './fault-schedule.ts';
import type { MessageStory, StoryMoment } from './message-story.ts';

/** Lines that are told of a story that repeats itself. */
const MOST_LINES = 40;

export function storyLines({ schedule, moments, events, deliveries }: MessageStory): string[] {
  const { faults } = schedule;
  const wrong =
    faults.length === 0
      ? ['Nothing goes wrong from outside.']
      : faults.map((fault) => `${capital(faultSentence(fault))}.`);
  const told = moments.map((moment) => {
    const { id, source } = events[moment.message - 1] ?? { id: '?', source: '?' };
    const consumer = deliveries[(moment.delivery ?? 0) - 1]?.consumer;
    return `${String(moment.atS).padStart(3)} s  ${id} of ${source}  ${whoTells(moment, consumer)}${moment.says}`;
  });
  const left = told.length - MOST_LINES;
  return [
    ...wrong,
    ...told.slice(0, MOST_LINES),
    ...(left > 0 ? [`… and ${left} lines more`] : []),
  ];
}

/** Who does it, at the beginning of a line or of a cell. */
export function whoTells(
  { delivery, does }: Pick<StoryMoment, 'delivery' | 'does'>,
  consumer: number | undefined,
): string {
  return delivery === null || does === 'taken' || consumer === undefined
    ? ''
    : `consumer ${consumer}: `;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
