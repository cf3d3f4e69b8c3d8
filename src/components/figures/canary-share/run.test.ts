import { expect, test } from 'vitest';
import { CANARY_FRAME, canarySummary } from './frame.ts';
import { CANARY_CALLERS, cleanProof, shareCalls, type CanaryRun } from './run.ts';
import { canaryOf } from './setup.ts';

const run = (state: string): CanaryRun => shareCalls(canaryOf(new URLSearchParams(state)));

test('by caller nobody meets both revisions, and by call nearly everybody does', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    expect(run(`weight=50&seed=${seed}`).metBoth).toBe(0);
    expect(run(`weight=50&by=call&seed=${seed}`).metBoth).toBeGreaterThan(CANARY_CALLERS - 3);
  }
});

test('a weight that grows takes callers over, and gives none back', () => {
  const has = (weight: number): boolean[] =>
    run(`weight=${weight}`).callers.map(([first]) => first?.isCanary === true);
  const [few, more] = [has(20), has(60)];
  expect(few.every((isCanary, n) => !isCanary || more[n])).toBe(true);
  expect(has(0)).not.toContain(true);
  expect(has(100)).not.toContain(false);
});

test('ten clean calls prove less than 26 %, and five per cent of failures pass them in 60 % of the cases', () => {
  const { failsBelow, passesAnyway } = cleanProof(10, 0.05);
  expect(failsBelow).toBeCloseTo(0.2589, 4);
  expect(passesAnyway).toBeCloseTo(0.5987, 4);
  const said = String(CANARY_FRAME.proof(run(''))).replaceAll(/<[^>]*>/g, '');
  expect(said).toContain('less than 26 % fail');
  expect(said).toContain('passes them all in 60 % of the cases');
});

test('only the canary fails, and a sentence says how it went', () => {
  const broken = run('weight=50&fails=100');
  expect(broken.failed).toBe(broken.canary);
  expect(run('weight=0&fails=100').failed).toBe(0);
  expect(canarySummary(run('weight=0'))).toBe(
    'By caller, 0 %: the canary got 0 of 240 calls and failed 0; 0 of 24 callers met both.',
  );
});
