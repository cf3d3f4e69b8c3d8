import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAW_CALLS } from '../../../test/fixtures/law-calls.ts';
import { Quota } from './quota.ts';
import { TokenBucket } from './token-bucket.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
/** Of 500 calls each. */
const RUNS = { numRuns: LAW_CALLS / 500 };

const options = fc.record({
  rate: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0.05, max: 50, noNaN: true })),
  burst: fc.integer({ min: 1, max: 40 }),
});
/** Steps from one call to the next, in ms: many at once, bursts, pauses. */
const steps = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 20 }),
    fc.double({ min: 0, max: 300, noNaN: true }),
    fc.integer({ min: 0, max: 60_000 }),
  ),
  { minLength: 500, maxLength: 500 },
);

function timesOf(gaps: readonly number[]): number[] {
  let now = NOW;
  return gaps.map((gap) => (now += gap));
}

/** By how many calls the busiest of all windows goes over rate × time + burst. */
function overshoot(
  let_: readonly number[],
  { rate, burst }: { rate: number; burst: number },
): number {
  let least = Infinity;
  let most = -Infinity;
  for (const [index, at] of let_.entries()) {
    const spent = index - ((at - NOW) * rate) / 1000;
    least = Math.min(least, spent);
    most = Math.max(most, spent - least + 1);
  }
  return most - burst;
}

describe(`laws, with ${LAW_CALLS} random calls each`, () => {
  it('in no window are there more than rate × time + burst', () => {
    fc.assert(
      fc.property(options, steps, (of, gaps) => {
        const bucket = new TokenBucket(of);
        const let_ = timesOf(gaps).filter((at) => bucket.take(at).isLet);
        expect(overshoot(let_, of)).toBeLessThanOrEqual(1e-3);
      }),
      RUNS,
    );
  });

  it('a refusal costs nothing: without those that were refused, the others are let in all the same', () => {
    fc.assert(
      fc.property(options, steps, (of, gaps) => {
        const bucket = new TokenBucket(of);
        const let_ = timesOf(gaps).filter((at) => bucket.take(at).isLet);
        const again = new TokenBucket(of);
        expect(let_.filter((at) => !again.take(at).isLet)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('whoever waits as long as it says is let in, and not a whole second sooner', () => {
    fc.assert(
      fc.property(options, steps, (of, gaps) => {
        const bucket = new TokenBucket(of);
        const wrong = timesOf(gaps).filter((at) => {
          const { isLet, retryAfterS } = bucket.take(at);
          if (isLet) return false;
          const isLate = !bucket.look(at + retryAfterS * 1000).isLet;
          const isEarly = retryAfterS > 1 && bucket.look(at + (retryAfterS - 1) * 1000 - 1).isLet;
          return isLate || isEarly;
        });
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });

  it('a clock that jumps to and fro earns nothing twice', () => {
    const jumps = fc.array(fc.integer({ min: -HOUR, max: HOUR }), {
      minLength: 500,
      maxLength: 500,
    });
    fc.assert(
      fc.property(options, jumps, ({ rate, burst }, gaps) => {
        const bucket = new TokenBucket({ rate, burst });
        let latest = -Infinity;
        let earned = burst;
        let last = NOW;
        let taken = 0;
        let over = 0;
        for (const at of timesOf(gaps)) {
          // Time that is gone through again below the latest counts once each time it is gone through
          // forwards; what lies above the latest counts from there.
          const from = at >= latest ? Math.max(last, latest === -Infinity ? at : latest) : last;
          earned += (Math.max(0, at - from) * rate) / 1000;
          last = at;
          latest = Math.max(latest, at);
          if (bucket.take(at).isLet) taken += 1;
          over = Math.max(over, taken - earned);
        }
        expect(over).toBeLessThanOrEqual(1e-3);
      }),
      RUNS,
    );
  });
});

describe('a bucket', () => {
  it('lets a burst in, and after it one for each time that a token takes to grow', () => {
    const bucket = new TokenBucket({ rate: 10, burst: 3 });
    const at = (ms: number): boolean => bucket.take(NOW + ms).isLet;
    expect([at(0), at(0), at(0), at(0)]).toEqual([true, true, true, false]);
    // Ten steps of 10 ms are one of 100 ms, in floating point too.
    const steps = Array.from({ length: 9 }, (_none, step) => at((step + 1) * 10));
    expect(steps).not.toContain(true);
    expect([at(100), at(100), at(200)]).toEqual([true, false, true]);
  });

  it("does AWS's own sum: 5,000 at once and 5,000 a tenth of a second later are 6,000", () => {
    const bucket = new TokenBucket({ rate: 10_000, burst: 5000 });
    const let_ = (at: number): number =>
      Array.from({ length: 5000 }, () => bucket.take(at)).filter(({ isLet }) => isLet).length;
    expect(let_(NOW) + let_(NOW + 100)).toBe(6000);
  });

  it('that is asked every millisecond for an hour gives what it earns', () => {
    const bucket = new TokenBucket({ rate: 3, burst: 1 });
    let taken = 0;
    for (let ms = 0; ms < HOUR; ms += 7) if (bucket.take(NOW + ms).isLet) taken += 1;
    expect(taken).toBeGreaterThan(3 * 3600 * 0.97);
    expect(taken).toBeLessThanOrEqual(3 * 3600 + 1);
  });

  it('has no free burst when the clock goes back an hour and comes again', () => {
    const bucket = new TokenBucket({ rate: 1, burst: 5 });
    for (let call = 0; call < 5; call++) bucket.take(NOW);
    expect(bucket.take(NOW - HOUR).isLet).toBe(false);
    expect(bucket.take(NOW).isLet).toBe(false);
  });

  it('has no hour of refusals when the clock has gone back an hour for good', () => {
    const bucket = new TokenBucket({ rate: 1, burst: 5 });
    for (let call = 0; call < 5; call++) bucket.take(NOW);
    expect(bucket.take(NOW - HOUR).isLet).toBe(false);
    expect(bucket.take(NOW - HOUR + 1000).isLet).toBe(true);
    expect(bucket.take(NOW - HOUR + 2000).isLet).toBe(true);
  });

  it('says never to come again after no time', () => {
    const bucket = new TokenBucket({ rate: 1000, burst: 1 });
    bucket.take(NOW);
    expect(bucket.take(NOW)).toMatchObject({ isLet: false, retryAfterS: 1 });
  });
});

describe('a quota', () => {
  it('is a number of calls in each period, and a refusal costs nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), steps, (most, gaps) => {
        const quota = new Quota(most, 60);
        const inPeriod = new Map<number, number>();
        const wrong = timesOf(gaps).filter((at) => {
          const period = Math.floor(at / 60_000);
          const used = inPeriod.get(period) ?? 0;
          if (used < most) inPeriod.set(period, used + 1);
          return quota.take(at).isLet !== used < most;
        });
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });

  it('does not begin again because the clock goes back', () => {
    const quota = new Quota(1, 60);
    expect(quota.take(NOW).isLet).toBe(true);
    expect(quota.take(NOW - HOUR)).toMatchObject({ isLet: false });
    expect(quota.take(NOW + 60_000).isLet).toBe(true);
  });
});
