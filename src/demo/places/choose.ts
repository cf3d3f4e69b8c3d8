/**
 * Which place runs the demos. The nearest: our gateway, else the site's own functions in the cloud,
 * else this tab; unless the reader has chosen another. The host says what it is, so that none is
 * asked for what it does not have.
 */

import { PLACE_FILE, type PlaceFile } from '#faas/api.ts';
import { BASE, storageName } from '#src/site/base.ts';
import { CloudPlace } from './cloud.ts';
import { feedOf } from './event-feed.ts';
import { readJson } from './json.ts';
import { LocalPlace } from './local.ts';
import type { Place, PlaceName } from './place.ts';
import { WatchedTrace } from './watched-trace.ts';

/** In the order of preference. */
const PLACES: readonly PlaceName[] = ['local', 'cloud', 'tab'];
const KEY = storageName('course:place');

/** Why a place cannot be chosen here, and what to do. */
const ABSENT: Readonly<Record<PlaceName, string>> = {
  local: 'No local platform answers here. Get the course and run npm start to have one.',
  cloud: 'This site is served without functions of its own.',
  tab: 'This site was built without functions for the tab.',
};

/** Why a place that was here cannot be chosen any more. */
const GONE: Readonly<Partial<Record<PlaceName, string>>> = {
  local: 'The local platform does not answer any more. Start it again, then open this again.',
  cloud: 'The site does not answer any more.',
};

/** Of a host that is silent nothing is known, so nothing is said about how the site was built. */
const UNREAD_TAB = 'The server does not answer, so the functions for the tab cannot be fetched.';

/** A place as the reader can choose it. */
export interface PlaceOption {
  readonly place: PlaceName;
  /** Null when it can be chosen; else why not and what to do. */
  readonly absent: string | null;
}

const opened = new Map<PlaceName, Promise<Place | null>>();
let said: Promise<PlaceFile | null> | null = null;
const life = new AbortController();

/** @throws when no place can run anything */
export async function currentPlace(): Promise<Place> {
  for (const name of [chosenPlace(), ...PLACES]) {
    const place = name && (await open(name));
    if (place) return place;
  }
  throw new Error('No place here can run a function: none answers, and none came with the page.');
}

/** What the reader chose; null when the page picks. */
export function chosenPlace(): PlaceName | null {
  try {
    const kept = localStorage.getItem(KEY);
    return PLACES.find((name) => name === kept) ?? null;
  } catch {
    return null;
  }
}

/** Kept in this browser, for every page of the site. */
export function choosePlace(name: PlaceName): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Storage is closed to us: the page goes on picking.
  }
}

/** Every place, and whether it is here now. */
export async function placesHere(): Promise<PlaceOption[]> {
  said = null;
  for (const name of PLACES) {
    if ((await opened.get(name)) === null) opened.delete(name);
  }
  const file = await host();
  return Promise.all(
    PLACES.map(async (name) => ({
      place: name,
      absent: whyAbsent(name, (await open(name)) !== null, file),
    })),
  );
}

/** @param isOpen whether it was found, now or earlier @param file what the host says of itself now */
function whyAbsent(name: PlaceName, isOpen: boolean, file: PlaceFile | null): string | null {
  if (!isOpen) return name === 'tab' && file === null ? UNREAD_TAB : ABSENT[name];
  return name === 'tab' || file?.place === name ? null : (GONE[name] ?? null);
}

/** Null when it is not here: looked for once, and again when the reader asks for the choices. */
function open(name: PlaceName): Promise<Place | null> {
  const opening = opened.get(name) ?? OPEN[name]();
  opened.set(name, opening);
  opening.catch(() => opened.delete(name));
  return opening;
}

const OPEN: Readonly<Record<PlaceName, () => Promise<Place | null>>> = {
  local: async () => {
    const file = await host();
    if (file?.place !== 'local') return null;
    const { origin } = location;
    const controls = file.controls !== false;
    const options = controls ? { trace: new WatchedTrace(feedOf(origin)) } : { controls };
    return LocalPlace.open(origin, options, life.signal);
  },
  cloud: async () => ((await host())?.place === 'cloud' ? new CloudPlace(location.origin) : null),
  tab: async () => {
    const { TabPlace } = await import('./tab.ts');
    return TabPlace.open(BASE, life.signal);
  },
};

/** Null when the host does not answer, or came without the file. */
function host(): Promise<PlaceFile | null> {
  said ??= readJson<PlaceFile>(BASE + PLACE_FILE, life.signal);
  return said;
}
