/** A story in words: what goes wrong, and then what happens, a line each. */

import { faultSentence } from './fault-schedule.ts';
import type { MessageStory, StoryMoment } from './message-story.ts';

/** Lines that are told of a story that repeats itself. */
const MOST_LINES = 40;

export function storyLines(story: MessageStory): string[] {
  const { faults } = story.schedule;
  const wrong =
    faults.length === 0
      ? ['Nothing goes wrong from outside.']
      : faults.map((fault) => `${capital(faultSentence(fault))}.`);
  const told = story.moments.map((moment) => {
    const { event, happens } = momentInWords(story, moment);
    return `${String(moment.atS).padStart(3)} s  ${event}  ${happens}`;
  });
  const left = told.length - MOST_LINES;
  return [
    ...wrong,
    ...told.slice(0, MOST_LINES),
    ...(left > 0 ? [`… and ${left} lines more`] : []),
  ];
}

/** Which event it is about, and what happens to it and by whom. */
export function momentInWords(
  { events, deliveries }: MessageStory,
  { message, delivery, does, says }: StoryMoment,
): { readonly event: string; readonly happens: string } {
  const { id, source } = events[message - 1] ?? { id: '?', source: '?' };
  const consumer = deliveries[(delivery ?? 0) - 1]?.consumer;
  // What is said of a taken message names its consumer already.
  const who = does === 'taken' || consumer === undefined ? '' : `consumer ${consumer}: `;
  return { event: `${id} of ${source}`, happens: who + says };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
