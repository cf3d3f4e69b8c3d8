import { describe, expect, it } from 'vitest';
import { memoryStoryQueue } from './fixtures/memory-story-queue.ts';
import { QUEUE_STORIES } from './fixtures/queue-stories.ts';
import { StoryTeller } from './fixtures/queue-story.ts';

describe('the queue in memory', () => {
  it.each(QUEUE_STORIES)('$title', async ({ steps }) => {
    const teller = new StoryTeller(memoryStoryQueue());
    const told: (readonly [string, string])[] = [];
    for (const [step] of steps) told.push([step, await teller.tell(step)]);
    expect(told).toEqual(steps);
  });
});
