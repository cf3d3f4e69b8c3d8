/**
 * What a page and the worker of one instance say to each other. Types only.
 *
 * A body that streams goes over a port of its own, piece by piece, each asked for by its reader.
 */

import type { HeaderList } from '../../api.ts';
import type { ErrorDescription } from '../handler.ts';

/** All at once, over a port as it comes, or none. */
export type BodyMessage = Uint8Array | MessagePort | null;

export type ToWorker =
  /** Said once and first: which module to load, and how much it may hold, in MB. */
  | { readonly type: 'load'; readonly module: string; readonly memoryMb: number }
  | {
      readonly type: 'call';
      readonly call: number;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderList;
      readonly body: BodyMessage;
    };

export type FromWorker =
  /** The runtime is up; said before the module is asked for. */
  | { readonly type: 'up' }
  | { readonly type: 'ready'; readonly initMs: number }
  | ({ readonly type: 'start-failed' } & ErrorDescription)
  | {
      readonly type: 'head';
      readonly call: number;
      readonly status: number;
      readonly headers: HeaderList;
      readonly body: BodyMessage;
    }
  | {
      readonly type: 'report';
      readonly call: number;
      readonly handlerMs: number;
      /** How long the thread was busy; null when another call ran beside it. */
      readonly busyMs: number | null;
      readonly error: ErrorDescription | null;
    }
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** It holds more than it may. */
  | { readonly type: 'out-of-memory' }
  /** The last word of a worker that leaves by itself. */
  | { readonly type: 'leaving'; readonly code: number };

/** On a body's port, from its reader: one more piece, or no more of it. */
export type FromReader = { readonly type: 'pull' } | { readonly type: 'cancel' };

/** On a body's port, from its writer: what was asked for. */
export type FromWriter =
  | { readonly type: 'piece'; readonly piece: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'broken'; readonly message: string };
