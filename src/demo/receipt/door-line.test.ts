import { describe, expect, it } from 'vitest';
import type { RuleNote } from '#src/demo/places/place.ts';
import { doorLine, isKeptOut } from './door-line.ts';
import { aRun } from './fixtures/run.ts';

const said = (rules: readonly RuleNote[]): string =>
  (doorLine(aRun({ rules }))?.toString() ?? '').replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

const key: RuleNote = { rule: 'keys', outcome: 'passed', why: 'The key of ada.' };
const token: RuleNote = { rule: 'throttle', outcome: 'passed', why: 'A token was there.' };

describe('the line of the front door', () => {
  it('says what let a call in', () => {
    expect(said([key, token])).toBe(
      'Front door. keys: The key of ada. throttle: A token was there. The check cost nothing; what follows is the function’s.',
    );
    expect(isKeptOut(aRun({ rules: [key, token] }))).toBe(false);
  });

  it('says what kept it out, and that it cost nothing', () => {
    const refused: RuleNote = { rule: 'throttle', outcome: 'refused', why: 'No token is left.' };
    expect(said([key, refused])).toBe(
      'Front door. throttle: No token is left. It cost nothing: no instance was asked.',
    );
    expect(isKeptOut(aRun({ rules: [refused] }))).toBe(true);
  });

  it('says that an answer came from memory', () => {
    const hit: RuleNote = { rule: 'cache', outcome: 'answered', why: 'From memory, 3 s old.' };
    expect(said([hit])).toContain('It cost nothing: no instance was asked.');
    expect(isKeptOut(aRun({ rules: [hit] }))).toBe(false);
  });

  it('says that a call which the door waited too long for is paid for all the same', () => {
    const late: RuleNote = { rule: 'timeLimit', outcome: 'refused', why: 'It waits 300 ms.' };
    expect(said([token, late])).toContain('The call that goes on is paid for.');
    expect(isKeptOut(aRun({ rules: [late] }))).toBe(false);
  });

  it('is not there where no rule has looked', () => {
    expect(doorLine(aRun())).toBeNull();
  });
});
