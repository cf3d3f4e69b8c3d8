/** What readers call the places. */

import type { PlaceName } from './place.ts';

/** `name` begins a sentence, `where` goes on with one, `what` is a sentence of its own. */
export const PLACE_NAMES: Readonly<
  Record<PlaceName, { readonly name: string; readonly where: string; readonly what: string }>
> = {
  local: {
    name: 'This machine',
    where: 'on this machine',
    what: 'An instance is a process behind the local gateway.',
  },
  tab: {
    name: 'This tab',
    where: 'in this tab',
    what: 'An instance is a worker in your browser.',
  },
  cloud: {
    name: 'The cloud',
    where: 'in the cloud',
    what: 'An instance is whatever the provider makes of it.',
  },
};

export function isPlaceName(text: string): text is PlaceName {
  return Object.hasOwn(PLACE_NAMES, text);
}
