import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { replay } from './replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(entries: unknown): string {
  const path = join(folder, 'vectors.json');
  writeFileSync(path, JSON.stringify(entries));
  return path;
}

const calm = { panicking: false, panicAgeMs: 0, maxPanicPods: 1 };
const spec = {
  targetValue: 10,
  totalValue: 20,
  targetBurstCapacity: 0,
  panicThreshold: 2,
  maxScaleUpRate: 10,
  maxScaleDownRate: 2,
  stableWindowMs: 60_000,
  scaleDownDelayMs: 0,
  activationScale: 0,
  reachable: true,
};
const step = {
  nowMs: 0,
  spec,
  readyCount: 1,
  readyCountError: false,
  stable: 11,
  panic: 11,
  metricError: false,
  stateBefore: calm,
  got: { DesiredPodCount: 2, ExcessBurstCapacity: 0, ScaleValid: true },
  stateAfter: { panicking: true, panicAgeMs: 0, maxPanicPods: 2 },
};
const wrong = { ...step, got: { ...step.got, DesiredPodCount: 3 } };

describe('a replay', () => {
  test('names the first case that differs, with what was expected and found', () => {
    const found = replay(
      file([
        { name: 'right', steps: [step] },
        { name: 'wrong', steps: [wrong] },
        { name: 'also wrong', steps: [wrong] },
      ]),
    );
    expect(found).toMatchObject({ cases: 3, agreeing: 1 });
    expect(found.difference).toMatch(
      /^wrong, step 0\n {2}expected .*"desired":3.*\n {2}found .*"desired":2/,
    );
  });

  test('differs when an average is off by its last bit', () => {
    const trace = {
      kind: 'weighted',
      windowMs: 60_000,
      granularityMs: 1000,
      t0UnixMs: 0,
      smoothingCoeff: 0.2,
      ops: [{ op: 'record', atMs: 0, value: 7.75, want: 1.55, isEmpty: false }],
    };
    const off = { ...trace, ops: [{ ...trace.ops[0], want: 1.5500000000000003 }] };
    expect(replay(file([trace]))).toMatchObject({ agreeing: 1, difference: null });
    expect(replay(file([off]))).toMatchObject({ agreeing: 0 });
  });

  test('of something else says what was expected and what came', () => {
    expect(() => replay(file([{ answer: 42 }]))).toThrow(
      /expected a list of .*found entries with answer/,
    );
    expect(() => replay(file([]))).toThrow(/found an empty list/);
  });
});
