/** Schedules on a virtual clock, over restarts and failures. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { ScheduleClock } from './schedule-clock.ts';

let clock: VirtualClock;
let sent: string[];
let file: string;
let isAway: boolean;

beforeEach(() => {
  clock = new VirtualClock(Date.UTC(2026, 10, 30, 8));
  sent = [];
  isAway = false;
  const folder = mkdtempSync(join(tmpdir(), 'ticks-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = join(folder, 'queue/ticks.json');
});

function start(missed: 'skip' | 'last' | 'each' = 'skip'): ScheduleClock {
  const schedules = new ScheduleClock({
    file,
    clock,
    send: (queue, { id, source, type }) => {
      if (isAway) return Promise.reject(new Error('It is asleep.'));
      sent.push(`${queue} ${source} ${type} ${id.slice(11, 16)}`);
      return Promise.resolve();
    },
  });
  schedules.follow({ hourly: { queue: 'reports', everyS: 3600, missed } });
  return schedules;
}

async function pass(minutes: number): Promise<void> {
  const until = clock.now() + minutes * 60_000;
  for (;;) {
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
    if (clock.next > until) break;
    clock.step();
  }
  clock.advanceTo(until);
}

const tick = (time: string): string => `reports /schedules/hourly schedule.tick ${time}`;

it('sends a message at each tick, whose id is the time', async () => {
  start();
  await pass(150);
  expect(sent).toEqual([tick('09:00'), tick('10:00')]);
});

it.each([
  ['skip', []],
  ['last', ['11:00']],
  ['each', ['09:00', '10:00', '11:00']],
] as const)('ticks that came while nothing ran: %s', async (missed, made) => {
  const first = start(missed);
  await pass(30);
  await first.stop();
  clock.advanceTo(clock.now() + 170 * 60_000);
  start(missed);
  await pass(1);
  expect(sent).toEqual(made.map(tick));
  await pass(60);
  expect(sent.at(-1)).toBe(tick('12:00'));
});

it('a tick that could not be sent is sent when that is possible again', async () => {
  start('last');
  isAway = true;
  await pass(60.5);
  isAway = false;
  await pass(1);
  expect(sent).toEqual([tick('09:00')]);
});

it('without a schedule nothing runs', async () => {
  start().follow({});
  await pass(600);
  expect([sent, clock.next]).toEqual([[], Infinity]);
});
