/** Tries seeds one after another, and makes the first schedule that breaks a law as small as it gets. */

import { scheduleOfSeed, smallerSchedules, type FaultSchedule } from './fault-schedule.ts';
import type { MessageStory } from './message-story.ts';

/** How many schedules a consumer is tried under: seeds 1 to this. */
export const SCHEDULES = 200;

/** So many are played at a time: few at first, since a wrong consumer fails soon. */
const PORTIONS = [10, 40, 50, 50, 50];

/** A schedule that breaks a law, as small as it gets. */
export interface FoundSchedule {
  readonly seed: number;
  readonly story: MessageStory;
}

/** Plays schedules that know nothing of each other. @returns their stories, in the same order */
export type PlaySchedules = (
  schedules: readonly FaultSchedule[],
) => readonly MessageStory[] | Promise<readonly MessageStory[]>;

export interface SearchOptions {
  readonly play: PlaySchedules;
  readonly signal?: AbortSignal;
  /** @param tried how many of {@link SCHEDULES} have been tried */
  readonly onProgress?: (tried: number) => void | Promise<void>;
}

/** Null when none breaks a law. @throws the signal's reason */
export async function findSchedule({
  play,
  signal,
  onProgress,
}: SearchOptions): Promise<FoundSchedule | null> {
  let tried = 0;
  for (const portion of PORTIONS) {
    signal?.throwIfAborted();
    const first = tried + 1;
    const seeds = Array.from({ length: portion }, (_none, index) => first + index);
    const stories = await play(seeds.map(scheduleOfSeed));
    const found = stories.findIndex(({ broken }) => broken !== null);
    const story = stories[found];
    if (story) return { seed: first + found, story: await shrunk(story, play, signal) };
    tried += portion;
    await onProgress?.(tried);
  }
  return null;
}

/** The smallest story that still breaks a law, whichever. @throws the signal's reason */
export async function shrunk(
  story: MessageStory,
  play: PlaySchedules,
  signal?: AbortSignal,
): Promise<MessageStory> {
  signal?.throwIfAborted();
  const stories = await play(smallerSchedules(story.schedule));
  const smaller = stories.find(({ broken }) => broken !== null);
  return smaller ? shrunk(smaller, play, signal) : story;
}
