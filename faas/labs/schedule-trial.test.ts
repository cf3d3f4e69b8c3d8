import { describe, expect, it } from 'vitest';
import { SCHEDULES, findSchedule } from '../schedules/schedule-search.ts';
import { handedIn } from './checked-lab.ts';
import type { HeldAnswer } from './entry-calls.ts';
import { entryHandler } from './entry-runtime.ts';
import { ScheduleTrial, TRIAL_INSTANCES } from './schedule-trial.ts';

type Verb = (...given: unknown[]) => Promise<unknown>;
interface Message {
  readonly id: string;
  readonly source: string;
  readonly customer: string;
}
type Consumer = (message: Message, remember: Verb, act: Verb, done: Verb) => Promise<void>;

/** Tries a consumer in two instances of this process; counts the calls that this takes. */
async function tried(load: () => Consumer) {
  let calls = 0;
  const instances = Array.from({ length: TRIAL_INSTANCES }, () =>
    entryHandler({ consume: load() }),
  );
  const trial = new ScheduleTrial({
    call: (event) => [
      'consume',
      event,
      ...['begin', 'remember', 'act', 'commit', 'done'].map(handedIn),
    ],
    tell: async (instance, held) => {
      calls += 1;
      const body = JSON.stringify({ held });
      const request = new Request('https://lab.invalid', { method: 'POST', body });
      return (await (await instances[instance]?.fetch(request))?.json()) as HeldAnswer;
    },
  });
  const found = await findSchedule({ play: (schedules) => trial.play(schedules) });
  return { found, calls };
}

const right =
  (): ((...all: never[]) => Promise<void>) =>
  async (message: Message, begin: Verb, remember: Verb, act: Verb, commit: Verb, done: Verb) => {
    await begin();
    if ((await remember(message.source, message.id)) === true) await act(message.customer);
    await commit();
    await done();
  };

describe('a consumer in instances', () => {
  it(`holds under ${SCHEDULES} schedules when it is right, in few calls`, async () => {
    const { found, calls } = await tried(right as never);
    expect(found).toBeNull();
    expect(calls).toBeLessThan(1000);
  });

  it('is caught when it remembers in its own memory, since the other one has another', async () => {
    const { found } = await tried((() => {
      const seen = new Set<string>();
      return async (
        message: Message,
        _begin: Verb,
        _remember: Verb,
        act: Verb,
        _commit: Verb,
        done: Verb,
      ) => {
        if (!seen.has(message.id)) await act(message.customer);
        seen.add(message.id);
        await done();
      };
    }) as never);
    expect(found?.story.broken).toContain('2 times');
    expect(found?.story.schedule.faults).toHaveLength(1);
  });

  it('is told what it threw', async () => {
    const { found } = await tried((() => () => Promise.reject(new Error('not today'))) as never);
    expect(found?.story.threw).toBe('not today');
    expect(found?.story.schedule).toEqual({ messages: 1, faults: [] });
  });
});
