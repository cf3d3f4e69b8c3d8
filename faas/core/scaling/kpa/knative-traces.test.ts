import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Autoscaler } from './autoscaler.ts';
import { KNATIVE_TRACES } from './knative-traces.ts';

test.each(KNATIVE_TRACES)('our autoscaler decides as Knative did: $name', ({ spec, ticks }) => {
  const [first] = ticks;
  const autoscaler = new Autoscaler(spec, first?.ready ?? 0, 0);
  for (const { nowMs, ready, stable, panic, ...answered } of ticks) {
    const decision = autoscaler.decide(nowMs, ready, { stable, panic });
    expect(decision.valid).toBe(true);
    if (!decision.valid) continue;
    const { desired, excessBurstCapacity, sums } = decision;
    const { since, peak } = sums.panic;
    expect({ desired, excessBurstCapacity, panicSince: since, peak }).toEqual(answered);
    expect(sums.undelayed).toBe(desired);
  }
});

const WHOLE = new URL('../../../../../shared/vectors/kpa/random-traces.json', import.meta.url);

test.skipIf(!existsSync(WHOLE))('the excerpt is what the whole file holds', () => {
  interface Recorded {
    readonly name: string;
    readonly steps: readonly {
      readonly spec: Readonly<Record<string, unknown>>;
      readonly readyCount: number;
      readonly stable: number;
      readonly panic: number;
      readonly got: { readonly DesiredPodCount: number; readonly ExcessBurstCapacity: number };
    }[];
  }
  const whole = JSON.parse(readFileSync(WHOLE, 'utf8')) as Recorded[];
  for (const { name, spec, ticks } of KNATIVE_TRACES) {
    const steps = whole.find((one) => one.name === name)?.steps ?? [];
    expect(steps[0]?.spec).toMatchObject({ ...spec });
    expect(
      steps.map(({ readyCount, stable, panic, got }) => [
        readyCount,
        stable,
        panic,
        got.DesiredPodCount,
        got.ExcessBurstCapacity,
      ]),
    ).toEqual(
      ticks.map(({ ready, stable, panic, desired, excessBurstCapacity: excess }) => [
        ready,
        stable,
        panic,
        desired,
        excess,
      ]),
    );
  }
});
