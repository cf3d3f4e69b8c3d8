/** What one check of a peer's behaviour is, and what it finds. */

import type { RunningPeer } from '../running-peer.ts';

/** One cell of the table of behaviours. */
export interface Cell {
  readonly verdict: 'yes' | 'partly' | 'no';
  /** What was seen. */
  readonly seen: string;
}

/** Tries one behaviour of a peer that is running. */
export type Check = (running: RunningPeer) => Promise<Cell>;
