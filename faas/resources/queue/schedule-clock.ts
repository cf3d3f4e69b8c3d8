/**
 * Makes the ticks of schedules: each is a message to a queue, with the time of the tick as its id. It is
 * recorded after it was sent, so that a crash in between makes it twice rather than never.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../core/time/clock.ts';
import { Alarm } from '../../core/time/alarm.ts';
import { settle } from '../../core/option.ts';
import type { ScheduleEntry } from '../../core/queue/queue-plan.ts';
import type { MessageContent } from '../../core/queue/queue-message.ts';
import { dueTicks, SCHEDULE_OPTIONS } from '../../core/queue/schedule.ts';

/** What schedules need around them. */
export interface ScheduleClockOptions {
  /** Keeps the last tick of each. */
  readonly file: string;
  readonly clock: Clock;
  /** Sends a message; it may reject, and is then asked again. */
  readonly send: (queue: string, content: MessageContent) => Promise<unknown>;
}

/** A tick that is later than this, or than half its period, was missed. In ms. */
const ON_TIME_MS = 10_000;

/** Time until a tick that could not be sent is tried again, in ms. */
const AGAIN_MS = 1_000;

/** Follows the schedules of a project. Without one it does nothing. */
export class ScheduleClock {
  readonly #options: ScheduleClockOptions;
  readonly #alarm: Alarm;
  #schedules: Readonly<Record<string, ScheduleEntry>> = {};
  #ticking: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: ScheduleClockOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => this.#begin());
  }

  /** Follows these from now on. A new one begins now: what lies before was not missed. */
  follow(schedules: Readonly<Record<string, ScheduleEntry>>): void {
    this.#schedules = schedules;
    this.#alarm.clear();
    if (Object.keys(schedules).length > 0) this.#begin();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#alarm.clear();
    await this.#ticking;
  }

  #begin(): void {
    if (this.#isStopped) return;
    this.#ticking ??= this.#tick().finally(() => (this.#ticking = null));
  }

  async #tick(): Promise<void> {
    const { clock, send } = this.#options;
    const lasts = this.#read();
    let nextMs = Infinity;
    for (const [name, schedule] of Object.entries(this.#schedules)) {
      const settings = settle(name, SCHEDULE_OPTIONS, schedule);
      const last = (lasts[name] ??= clock.now());
      const onTimeMs = Math.min(ON_TIME_MS, settings.everyS * 500);
      const due = dueTicks(settings, last, clock.now(), onTimeMs);
      nextMs = Math.min(nextMs, due.nextMs);
      try {
        for (const tick of due.ticks) {
          await send(schedule.queue, tickOf(name, tick));
          lasts[name] = tick;
          this.#write(lasts);
        }
        // What was skipped is not missed again.
        if (due.ticks.length === 0 && due.nextMs - settings.everyS * 1000 > last) {
          lasts[name] = due.nextMs - settings.everyS * 1000;
        }
      } catch {
        nextMs = Math.min(nextMs, clock.now() + AGAIN_MS);
      }
    }
    this.#write(lasts);
    if (!this.#isStopped) this.#alarm.set(nextMs);
  }

  #read(): Record<string, number> {
    try {
      return JSON.parse(readFileSync(this.#options.file, 'utf8')) as Record<string, number>;
    } catch {
      return {};
    }
  }

  /** Whole or not at all. */
  #write(lasts: Readonly<Record<string, number>>): void {
    const { file } = this.#options;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(lasts));
    renameSync(`${file}.new`, file);
  }
}

/** The same tick is the same event, whoever makes it. */
function tickOf(name: string, at: number): MessageContent {
  const time = new Date(at).toISOString();
  const source = `/schedules/${name}`;
  return { id: time, source, type: 'schedule.tick', key: null, data: { time }, traceparent: null };
}
