/** Instances before the doors of a database: who gets in, and who is the first to be refused. */

import { counted } from '#src/format/number.ts';
import { numbersOf, type DialTable } from '../dial.ts';

/** Of all connections, kept for superusers. */
export const RESERVED = 3;
/** The platform's own connection. */
export const OWN = 1;

export const DOOR_DIALS = {
  instances: {
    type: 'number',
    least: 1,
    most: 60,
    isWhole: true,
    default: 30,
    meaning: 'instances that start, one after another, and stay',
  },
  each: {
    type: 'number',
    least: 1,
    most: 20,
    isWhole: true,
    default: 10,
    meaning: 'connections in the pool of each instance, at most',
  },
  doors: {
    type: 'number',
    least: 10,
    most: 120,
    isWhole: true,
    default: 20,
    meaning: 'max_connections of the database',
  },
} as const satisfies DialTable;

/** When the pool of an instance opens its connections. */
export const DOOR_OPENS = {
  needed: 'when a query needs one',
  start: 'all at the start',
} as const;

export interface DoorSetup {
  readonly instances: number;
  readonly each: number;
  /** All that the database has. */
  readonly doors: number;
  readonly opens: keyof typeof DOOR_OPENS;
}

/** @param state as of the figure's form; what it does not say is as at first */
export function doorsOf(state: URLSearchParams): DoorSetup {
  const opens = state.get('opens') === 'needed' ? 'needed' : 'start';
  return { ...numbersOf(DOOR_DIALS, state), opens };
}

/** What comes of it. */
export interface DoorOutcome {
  readonly setup: DoorSetup;
  /** Doors that are open to functions. */
  readonly free: number;
  /** Connections that each instance wants. */
  readonly wants: number;
  /** Connections that it gets, by its place. */
  readonly got: readonly number[];
  /** Number of the first instance that is refused one, from 1; null when none is. */
  readonly firstRefused: number | null;
}

export function doorOutcome(setup: DoorSetup): DoorOutcome {
  const free = setup.doors - RESERVED - OWN;
  // An instance takes one call at a time here, and a call asks one query after the other.
  const wants = setup.opens === 'start' ? setup.each : 1;
  let left = free;
  const got = Array.from({ length: setup.instances }, () => {
    const gets = Math.min(wants, left);
    left -= gets;
    return gets;
  });
  const refused = got.findIndex((gets) => gets < wants);
  return { setup, free, wants, got, firstRefused: refused === -1 ? null : refused + 1 };
}

/** The outcome in a sentence or two. */
export function doorVerdict({ setup, free, wants, got, firstRefused }: DoorOutcome): string {
  const sum = `${counted(setup.instances, 'instance')} × ${counted(wants, 'connection')} = ${setup.instances * wants}, and ${free} doors are open to them.`;
  if (firstRefused === null) return `${sum} All get in.`;
  const gets = got[firstRefused - 1] ?? 0;
  const how = gets === 0 ? 'finds every door taken' : `finds ${gets} of the ${wants} that it wants`;
  return `${sum} Instance ${firstRefused} ${how}, and is the first to be refused.`;
}
