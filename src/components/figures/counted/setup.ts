/** Checkouts whose calls are counted: as they ran, and as the model has them. */

import { callsIn, type TracedCall } from '#faas/core/trace/call-tree.ts';
import { checkoutOf, modelOf, type CheckoutHop, type CheckoutSetup } from '../checkout.ts';

/** What somebody does, and with which checkout. */
export interface CountedClick {
  readonly label: string;
  /** State of the figure `trace-tree`. */
  readonly state: string;
  /** How often the button is pressed. */
  readonly presses: number;
}

/** The last one is down in all of them, and every caller tries three times. */
export const COUNTED_CLICKS: readonly CountedClick[] = [
  { label: 'Nested', state: 'down=ship', presses: 1 },
  { label: 'Orchestrated', state: 'shape=orchestrated&down=ship', presses: 1 },
  { label: 'Orchestrated, pressed three times', state: 'shape=orchestrated&down=ship', presses: 3 },
  { label: 'Nested, with a deadline of 150 ms', state: 'down=ship&deadline=150', presses: 1 },
  { label: 'Nested, with a deadline of 60 ms', state: 'down=ship&deadline=60', presses: 1 },
];

export function setupOf({ state }: CountedClick): CheckoutSetup {
  return checkoutOf(new URLSearchParams(state));
}

/** How often a function was called in all presses, undoing not counted. */
export function countedCalls(hop: CheckoutHop, trees: readonly TracedCall[]): number {
  return trees
    .flatMap((tree) => [...callsIn(tree)])
    .filter(({ call: { method, url } }) => method === 'POST' && url.startsWith(`/api/${hop}?`))
    .length;
}

/** The same in the model. */
export function modelledCalls(hop: CheckoutHop, click: CountedClick): number {
  return click.presses * (modelOf(setupOf(click)).counts[hop] ?? 0);
}
