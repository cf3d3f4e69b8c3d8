/**
 * True runs for the built page: before JavaScript, in print, and where no platform answers. Made as
 * a reader's run is made, through the local place, against the gateway that stands beside the build.
 */

import { type } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { isOf, type TraceEvent } from '#faas/core/trace/trace.ts';
import { CONTROLS, LAST_EVENT_ID } from '#faas/api.ts';
import { LocalPlace } from '#src/demo/places/local.ts';
import { PlaceTrace } from '#src/demo/places/place-trace.ts';
import { readEvents } from '#src/demo/places/server-sent-events.ts';
import type { Run, Trace } from '#src/demo/places/place.ts';
import { runPlan, untilZero, type CallPlan } from '#src/demo/places/call-plan.ts';
import { isCalm, untilCalm } from './calm.ts';
import { untilStoreSleeps, usesStore } from './store-asleep.ts';
import { callingAlone, inTurn } from './turns.ts';

/** What a page keeps of a run that the build made. */
export interface Recording {
  readonly runs: readonly Run[];
  /** Of the plan's function alone, also from before this recording. */
  readonly events: readonly TraceEvent[];
  /** When it began, in ms since the Unix epoch. */
  readonly since: number;
  /** What it ran on: `Node 24.21.0, Linux`. */
  readonly machine: string;
  /** False when the machine had no time to spare, however often it was tried. */
  readonly calm: boolean;
}

/** Where and how long to record. */
export interface RecordOptions {
  /** Where the gateway answers: `http://localhost:41234`. */
  readonly origin: string;
  /**
   * `whole`: begins with no instance alive and ends when the last one is gone, so that the trace
   * tells whole lives; it costs the keep-alive time. `quick`: no longer than the calls take.
   */
  readonly length: 'whole' | 'quick';
  /** Its calls have been made just before. @default false */
  readonly isAgain?: boolean;
  /** In ms, what the front door counts takes to fill up: waited for before calls are made again. @default 0 */
  readonly refillMs?: () => number;
}

/** An end longer ago than this belongs to another story. */
const RECENT_MS = 5_000;
/** How much of what it waited for a recording shows. */
const LEAD_MS = 300;

/** A recording that was made while the machine was busy is made again, this often at the most. */
const MOST_TRIES = 3;
/** How long one waits for the machine, before each try. */
const PATIENCE_MS = 5_000;

interface Made {
  readonly trace: PlaceTrace;
  readonly runs: readonly Run[];
  readonly since: number;
}

/** Of this process: once a machine has stayed busy, later recordings do not wait for it. */
let isBusyMachine = false;

/**
 * Makes the calls of a plan and keeps what came of them, on a calm machine if there is one to be had;
 * the process is warned when there is not.
 */
export async function record(plan: CallPlan, options: RecordOptions): Promise<Recording> {
  const { isAgain = false, refillMs = () => 0 } = options;
  for (let tries = 1; ; tries += 1) {
    if (isAgain || tries > 1) await pause(refillMs());
    const wasCalm = await untilCalm(isBusyMachine ? 0 : PATIENCE_MS);
    const recording = await recordOnce(plan, options);
    const calm = wasCalm && (await isCalm());
    if (calm) return { ...recording, calm };
    if (tries < MOST_TRIES && !isBusyMachine) continue;
    isBusyMachine = true;
    process.emitWarning(
      `${plan.call.url} was recorded while this machine was busy, so its times are longer than they should be. Build again when nothing else runs.`,
      'BusyMachine',
    );
    return { ...recording, calm };
  }
}

async function recordOnce(
  plan: CallPlan,
  options: RecordOptions,
): Promise<Omit<Recording, 'calm'>> {
  const listening = new AbortController();
  try {
    const path = plan.call.function;
    const { trace, runs, since } = await inTurn(path, () => make(plan, options, listening.signal));
    // Instances of the next recording may already start while those of this one leave.
    const events = trace.events.filter((event) => isOf(event, path));
    if (options.length === 'whole') events.push(...(await endsOf(living(events), trace)));
    return { runs, events, since, machine: `Node ${process.versions.node}, ${type()}` };
  } finally {
    listening.abort();
  }
}

async function make(plan: CallPlan, options: RecordOptions, signal: AbortSignal): Promise<Made> {
  const { origin, length } = options;
  let since = 0;
  const trace = new PlaceTrace();
  await listenTo(origin, trace, signal);
  const place = await LocalPlace.open(origin, { trace }, signal);
  if (!place) throw new Error(`Expected a gateway at ${origin}, and none answers there.`);
  if (length === 'whole') await untilZero(place, plan.call.function, signal);
  const fromNothing = length === 'whole' && plan.wait === 'reaped';
  const runs = await callingAlone(async () => {
    // Nobody else calls now, so that it stays asleep.
    if (fromNothing && usesStore(plan.call.function)) await untilStoreSleeps(origin, signal);
    since = startOf(plan, trace.events, Date.now());
    return runPlan(place, { ...plan, wait: null }, signal);
  });
  return { trace, runs, since };
}

/** Resolves once the line is up; what the gateway has kept comes first. */
function listenTo(origin: string, trace: PlaceTrace, signal: AbortSignal): Promise<void> {
  const url = `${origin}${CONTROLS.events}?${LAST_EVENT_ID}=0`;
  const hear = (data: string): void => trace.add(JSON.parse(data) as TraceEvent);
  return new Promise((resolve) => void readEvents(url, hear, resolve, signal));
}

/** A demo that waits for the last instance to leave shows how it left. */
function startOf({ call, wait }: CallPlan, events: readonly TraceEvent[], now: number): number {
  if (wait === null) return now;
  const end = events.findLast(
    (event) => event.type === 'instance.stopped' && isOf(event, call.function),
  );
  return end && now - end.at < RECENT_MS ? end.at - LEAD_MS : now;
}

/** Instances that have begun and not ended. */
function living(events: readonly TraceEvent[]): Set<string> {
  const alive = new Set<string>();
  for (const event of events) {
    if (event.type === 'instance.starting') alive.add(event.instance);
    if (event.type === 'instance.stopped') alive.delete(event.instance);
  }
  return alive;
}

/** The end of each of `instances`, once all have ended. */
function endsOf(instances: ReadonlySet<string>, trace: Trace): Promise<TraceEvent[]> {
  const ends: TraceEvent[] = [];
  if (instances.size === 0) return Promise.resolve(ends);
  const done = new AbortController();
  return new Promise((resolve) => {
    trace.watch((event) => {
      if (event.type !== 'instance.stopped' || !instances.has(event.instance)) return;
      ends.push(event);
      if (ends.length < instances.size) return;
      done.abort();
      resolve(ends);
    }, done.signal);
  });
}
