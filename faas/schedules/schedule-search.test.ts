import { describe, expect, it } from 'vitest';
import { scheduleOfSeed, type SentEvent } from './fault-schedule.ts';
import {
  KNOWN_CONSUMERS,
  playHere,
  type ConsumerSteps,
  type KnownConsumer,
} from './known-consumers.ts';
import { findSchedule, SCHEDULES } from './schedule-search.ts';

type Steps = Pick<KnownConsumer, 'steps'>;

function found(consumer: Steps) {
  return findSchedule({ play: (all) => all.map((one) => playHere(one, consumer)) });
}

/** It remembers the id alone. */
const byId: Steps = {
  *steps({ id, customer }: SentEvent): ConsumerSteps {
    yield ['begin'];
    const isNew = yield ['remember', id];
    if (isNew === true) yield ['act', customer];
    yield ['commit'];
    yield ['done'];
  },
};

/** Whoever orders a 17 in two shops has ordered once. */
const byCustomerAndId: Steps = {
  *steps({ id, customer }: SentEvent): ConsumerSteps {
    yield ['begin'];
    const isNew = yield ['remember', customer, id];
    if (isNew === true) yield ['act', customer];
    yield ['commit'];
    yield ['done'];
  },
};

const keyOfTheSource: Steps = {
  *steps({ source, customer }: SentEvent): ConsumerSteps {
    yield ['charge', customer, 1000, `${source} ${customer}`];
    yield ['done'];
  },
};

/** It has nothing to commit where the event is known, and forgets what it has begun. */
const leavesItOpen: Steps = {
  *steps({ id, source, customer }: SentEvent): ConsumerSteps {
    yield ['begin'];
    const isNew = yield ['remember', source, id];
    if (isNew === true) {
      yield ['act', customer];
      yield ['commit'];
    }
    yield ['done'];
  },
};

/** It says nothing of what it knows already. */
const forgetsTheKnown: Steps = {
  *steps({ id, source, customer }: SentEvent): ConsumerSteps {
    yield ['begin'];
    const isNew = yield ['remember', source, id];
    if (isNew === true) yield ['act', customer];
    yield ['commit'];
    if (isNew !== true) return;
    yield ['done'];
  },
};

const doneBeforeCommit: Steps = {
  *steps({ id, source, customer }: SentEvent): ConsumerSteps {
    yield ['begin'];
    const isNew = yield ['remember', source, id];
    if (isNew === true) yield ['act', customer];
    yield ['done'];
    yield ['commit'];
  },
};

/** The receiver remembers, so nothing needs to be remembered here. */
const byKey: Steps = {
  *steps({ id, source, customer }: SentEvent): ConsumerSteps {
    yield ['charge', customer, 1000, `${source} ${id}`];
    yield ['done'];
  },
};

describe('two hundred schedules', () => {
  it('let a consumer pass that remembers and acts in one transaction', async () => {
    expect(await found(KNOWN_CONSUMERS['one-step'])).toBeNull();
  });

  it('let a consumer pass whose receiver remembers', async () => {
    expect(await found(byKey)).toBeNull();
  });

  it.each([
    ['careless', KNOWN_CONSUMERS.careless, 'times'],
    ['done-first', KNOWN_CONSUMERS['done-first'], 'effect'],
    ['look-then-do', KNOWN_CONSUMERS['look-then-do'], 'times'],
    ['claim-first', KNOWN_CONSUMERS['claim-first'], 'never'],
    ['done before commit', doneBeforeCommit, 'never'],
    ['the id alone', byId, 'never'],
    ['customer and id', byCustomerAndId, 'never'],
    ['source and customer', keyOfTheSource, 'never'],
    ['a transaction left open', leavesItOpen, 'leaves its transaction open'],
    ['says nothing of what it knows', forgetsTheKnown, 'dead letters'],
  ] as const)('catch %s, by one fault or none', async (_name, consumer, word) => {
    const caught = await found(consumer as Steps);
    expect(caught?.story.broken).toContain(word);
    expect(caught?.story.schedule.faults.length).toBeLessThanOrEqual(1);
  });

  it('show a death in place of an error, where either breaks a law', async () => {
    const caught = await found(KNOWN_CONSUMERS['claim-first']);
    expect(caught?.story.schedule.faults).toMatchObject([{ what: 'crash' }]);
  });

  it('come to the same each time', async () => {
    const once = await found(KNOWN_CONSUMERS['claim-first']);
    expect(await found(KNOWN_CONSUMERS['claim-first'])).toEqual(once);
  });

  it('have every kind of fault many times', () => {
    const kinds = Array.from({ length: SCHEDULES }, (_none, index) =>
      scheduleOfSeed(index + 1).faults.map(({ what }) => what),
    ).flat();
    for (const kind of ['crash', 'slow', 'fail', 'drop', 'duplicate', 'again', 'delay']) {
      expect(kinds.filter((what) => what === kind).length).toBeGreaterThan(20);
    }
  });

  it('end when they are cancelled', async () => {
    const controller = new AbortController();
    const run = findSchedule({
      play: (all) => all.map((one) => playHere(one, KNOWN_CONSUMERS['one-step'])),
      signal: controller.signal,
      onProgress: (tried) => {
        if (tried === 50) controller.abort(new Error('enough'));
      },
    });
    await expect(run).rejects.toThrow('enough');
  });
});
