import { describe, expect, it } from 'vitest';
import { dollarScale, dollarsOf, gridOf, heightsOf } from './dollar-scale.ts';

describe('a scale of dollars', () => {
  it('ends at the first even line that all fits under', () => {
    expect(dollarScale(73.2, 3)).toEqual({ step: 50, top: 100 });
    expect(dollarScale(100, 3)).toEqual({ step: 50, top: 100 });
  });

  it('has a line above zero where nothing costs anything', () => {
    const { step, top } = dollarScale(0, 3);
    expect(top).toBe(step);
    expect(step).toBeGreaterThan(0);
  });

  it('has its lines between the head and the axis, with an amount on each but the axis', () => {
    const heights = heightsOf({ step: 50, top: 100 }, 18, 150);
    expect(heights).toEqual([
      { amount: 0, y: 168 },
      { amount: 50, y: 93 },
      { amount: 100, y: 18 },
    ]);
    expect(String(gridOf(heights)).match(/class="(axis|grid)"/g)).toHaveLength(3);
    expect(String(dollarsOf(heights, 'USD', ' an hour'))).toBe(
      '<text class="tick" y="89">$50</text><text class="tick" y="14">$100 an hour</text>',
    );
  });
});
