/** The queues of a project: which function each one's messages go to, and when anybody looks for some. */

import { join } from 'node:path';
import type { ResourceEntry } from '../../api.ts';
import { Alarm } from '../../core/time/alarm.ts';
import { settledQueue, type QueuePlan } from '../../core/queue/queue-plan.ts';
import type { TraceEvent } from '../../core/trace/trace.ts';
import type { Resource } from '../resource.ts';
import type { Batch } from '../store/statement.ts';
import { QueueDelivery, type DeliveryOptions } from './queue-delivery.ts';
import { QueueMarker } from './queue-marker.ts';
import { QueueTable, type RunBatch } from './queue-table.ts';
import { ScheduleClock } from './schedule-clock.ts';

/** What queues need around them. */
export interface QueueTriggersOptions extends Pick<
  DeliveryOptions,
  'call' | 'clock' | 'newId' | 'random' | 'emit'
> {
  /** Where it remembers over restarts. */
  readonly folder: string;
  /** Runs statements on the functions' database, which it wakes. */
  readonly run: RunBatch;
  /** Whether others may send without this platform's knowledge, as to a database elsewhere. */
  readonly isShared: () => boolean;
  /** How often it then looks without having heard of anything, in ms; null: at its start alone. */
  readonly lookEveryMs: number | null;
}

/** A statement that may have sent something names one of these. */
const SENDS = /\b(queue_send|messages)\b/i;

/** Delivers the messages of all queues. */
export class QueueTriggers implements Resource {
  readonly path = null;
  readonly #options: QueueTriggersOptions;
  readonly #marker: QueueMarker;
  readonly #schedules: ScheduleClock;
  readonly #looking: Alarm;
  #deliveries: readonly QueueDelivery[] = [];
  /** What each delivery was made from. */
  #made = new Map<QueueDelivery, string>();
  readonly #leaving = new Set<Promise<void>>();
  readonly #since: number;
  #isAwake = false;
  /** Before, a function that is called could not reach what it is handed. */
  #hasBegun = false;

  constructor(options: QueueTriggersOptions) {
    const { folder, clock, run } = options;
    this.#options = options;
    this.#since = clock.now();
    this.#marker = new QueueMarker(join(folder, 'unsettled'));
    this.#looking = new Alarm(clock, () => this.#lookOn());
    this.#schedules = new ScheduleClock({
      file: join(folder, 'ticks.json'),
      clock,
      send: async (queue, content) => {
        await new QueueTable(queue, run).send(content);
        this.#look();
      },
    });
  }

  /** Delivers by this plan from now on. A queue whose trigger has not changed goes on undisturbed. */
  follow({ triggers, schedules }: QueuePlan): void {
    const wanted = Object.entries(triggers).flatMap(([route, { queue }]) =>
      queue === undefined ? [] : [[JSON.stringify([route, queue]), route, queue] as const],
    );
    const kept = this.#deliveries.filter((delivery) =>
      wanted.some(([text]) => text === this.#made.get(delivery)),
    );
    for (const delivery of this.#deliveries) if (!kept.includes(delivery)) this.#leave(delivery);
    const known = new Set(kept.map((delivery) => this.#made.get(delivery)));
    const added = wanted
      .filter(([text]) => !known.has(text))
      .map(([text, route, declared]) => {
        const { name, settings } = settledQueue(declared);
        const queue = new QueueTable(name, this.#options.run);
        const delivery = new QueueDelivery({ ...this.#options, queue, route, settings });
        this.#made.set(delivery, text);
        return delivery;
      });
    this.#deliveries = [...kept, ...added];
    const mayWait = this.#hasBegun && (this.#isAwake || this.#marker.isThere);
    if (mayWait) for (const delivery of added) delivery.look();
    this.#schedules.follow(schedules);
  }

  /** Looks once for what an earlier start has left; not when that left nothing. */
  begin(): void {
    this.#hasBegun = true;
    if (this.#options.isShared()) this.#lookOn();
    else if (this.#marker.isThere) this.#look();
  }

  #lookOn(): void {
    const { lookEveryMs, clock } = this.#options;
    this.#look();
    if (lookEveryMs !== null) this.#looking.set(clock.now() + lookEveryMs);
  }

  /** A statement was run; null for a connection of its own, of which nothing is known. */
  heard(batch: Batch | null): void {
    if (batch === null || batch.statements.some(({ text }) => SENDS.test(text))) this.#look();
  }

  /** Follows the life of the database. */
  saw({ type, subject, ...event }: TraceEvent): void {
    if (subject.kind !== 'store') return;
    if (type === 'instance.ready') {
      this.#isAwake = true;
      this.#marker.put();
    } else if (type === 'instance.stopped') {
      this.#isAwake = false;
      const { reason } = event as { reason: string };
      const isWhole = reason === 'idle' || reason === 'shutdown';
      const isEmpty = this.#deliveries.every((delivery) => delivery.isEmpty);
      if (isWhole && isEmpty && this.#deliveries.length > 0) this.#marker.remove();
    }
  }

  entry(): readonly ResourceEntry[] {
    return this.#deliveries.map((delivery) => {
      const { running, counts, looksAt, trouble, burden } = delivery.state;
      const about = {
        function: delivery.route,
        running,
        live: counts?.live ?? null,
        dead: counts?.dead ?? null,
        looksAt,
        trouble,
        burden,
      };
      const state = running > 0 ? 'ready' : 'idle';
      return { kind: 'queue', name: delivery.name, state, since: this.#since, about };
    });
  }

  variablesFor(): Record<string, never> {
    return {};
  }

  answer(): Promise<void> {
    return Promise.resolve();
  }

  /** Takes nothing more, and begins no tick. Resolves when the outcome of each call has been said. */
  async stop(): Promise<void> {
    this.#looking.clear();
    const all = this.#deliveries.map((delivery) => delivery.stop());
    await Promise.all([...all, ...this.#leaving, this.#schedules.stop()]);
  }

  #look(): void {
    for (const delivery of this.#deliveries) delivery.look();
  }

  #leave(delivery: QueueDelivery): void {
    this.#made.delete(delivery);
    const gone = delivery.stop().finally(() => this.#leaving.delete(gone));
    this.#leaving.add(gone);
  }
}
