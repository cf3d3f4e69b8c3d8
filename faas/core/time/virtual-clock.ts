/**
 * A clock that jumps from event to event, so a day of traffic takes only as long as its events take
 * to run. Events at the same time run in the order in which they were scheduled, so the same
 * scenario always gives the same trace.
 *
 * It is a binary min-heap in three parallel arrays: numbers stay unboxed, and scheduling an existing
 * task allocates nothing.
 */

import type { Cancel, Clock } from './clock.ts';

/** A scheduled event. An object, not a closure, so that it can be scheduled repeatedly. */
export interface Task {
  fire(): void;
}

/** A discrete-event clock; times in ms. */
export class VirtualClock implements Clock {
  #now: number;
  /** Heap by `#times`, then `#turns`: no parent is later than its children. */
  readonly #times: number[] = [];
  readonly #turns: number[] = [];
  readonly #tasks: Task[] = [];
  #turn = 0;

  /** @param startMs the initial time */
  constructor(startMs = 0) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): Cancel {
    let wanted: (() => void) | null = callback;
    this.schedule(delayMs, { fire: () => wanted?.() });
    return () => {
      wanted = null;
    };
  }

  /** Like `after`, but cannot be cancelled. A delay below 0 counts as 0. */
  schedule(delayMs: number, task: Task): void {
    const at = delayMs > 0 ? this.#now + delayMs : this.#now;
    this.#rise(this.#tasks.length, at, this.#turn++, task);
  }

  /** Number of scheduled events, including cancelled ones. */
  get pending(): number {
    return this.#tasks.length;
  }

  /** Time of the next event; Infinity if there is none. */
  get next(): number {
    return this.#times[0] ?? Infinity;
  }

  /** Jumps to the next event and runs it. Returns false when there is none. */
  step(): boolean {
    const task = this.#tasks[0];
    if (task === undefined) return false;
    this.#now = this.next;
    this.#drop();
    task.fire();
    return true;
  }

  /** Advances to a time before the next event, so that the caller can act at that time. */
  advanceTo(ms: number): void {
    if (ms > this.#now) this.#now = ms;
  }

  /** Runs every event up to and including `untilMs`, and stops there. */
  runUntil(untilMs: number): void {
    while (this.#tasks.length > 0 && this.next <= untilMs) this.step();
    if (untilMs > this.#now && untilMs !== Infinity) this.#now = untilMs;
  }

  /** Moves an entry up from `index` to where it belongs. */
  #rise(index: number, at: number, turn: number, task: Task): void {
    const times = this.#times;
    const turns = this.#turns;
    const tasks = this.#tasks;
    let hole = index;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      // A new entry has the latest turn: among equals it stays below.
      if ((times[parent] as number) <= at) break;
      times[hole] = times[parent] as number;
      turns[hole] = turns[parent] as number;
      tasks[hole] = tasks[parent] as Task;
      hole = parent;
    }
    times[hole] = at;
    turns[hole] = turn;
    tasks[hole] = task;
  }

  /** Removes the first entry and sifts the last one down from the root. */
  #drop(): void {
    const times = this.#times;
    const turns = this.#turns;
    const tasks = this.#tasks;
    const at = times.pop();
    const turn = turns.pop();
    const task = tasks.pop();
    const size = tasks.length;
    if (at === undefined || turn === undefined || task === undefined || size === 0) return;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && this.#isBefore(child + 1, child)) child++;
      const childAt = times[child] as number;
      if (at < childAt || (at === childAt && turn < (turns[child] as number))) break;
      times[hole] = childAt;
      turns[hole] = turns[child] as number;
      tasks[hole] = tasks[child] as Task;
      hole = child;
    }
    times[hole] = at;
    turns[hole] = turn;
    tasks[hole] = task;
  }

  #isBefore(a: number, b: number): boolean {
    const atA = this.#times[a] as number;
    const atB = this.#times[b] as number;
    return atA < atB || (atA === atB && (this.#turns[a] as number) < (this.#turns[b] as number));
  }
}
