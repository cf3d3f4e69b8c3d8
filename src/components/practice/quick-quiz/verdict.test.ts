import { describe, expect, it } from 'vitest';
import { judgeChoice } from './verdict.ts';

describe('a choice', () => {
  const correct = [true, false, true, false];

  it('is right when it is exactly the right options', () => {
    expect(judgeChoice(correct, new Set([0, 2]))).toEqual({
      correct: true,
      summary: 'Right.',
      options: ['right', 'left', 'right', 'left'],
    });
  });

  it('is not, when one is missing, and that one is not named', () => {
    const verdict = judgeChoice(correct, new Set([0]));
    expect(verdict).toMatchObject({ correct: false, options: ['right', 'left', 'missed', 'left'] });
    expect(verdict.summary).toMatch(/something is missing/);
  });

  it('is not, when one is too many', () => {
    const verdict = judgeChoice(correct, new Set([0, 1, 2]));
    expect(verdict).toMatchObject({ correct: false, options: ['right', 'wrong', 'right', 'left'] });
    expect(verdict.summary).toBe('Partly right: 2 of your 3 choices.');
  });

  it('says that one is missing also when another is wrong', () => {
    const { summary } = judgeChoice(correct, new Set([0, 1]));
    expect(summary).toBe('Partly right: 1 of your 2 choices, and something is missing.');
  });
});
