/**
 * The messages between a page and the worker of one instance, over a port. Types only.
 *
 * A streaming body has its own port, over which the reader asks for each piece.
 */

import type { HeaderList } from '../../api.ts';
import type { ErrorDescription } from '../handler.ts';
import type { PrintedLine } from './line-post.ts';

/** A body: whole, streaming over a port, or none. */
export type BodyMessage = Uint8Array | MessagePort | null;

/** From the page to the worker. */
export type ToWorker =
  /** Sent once and first. */
  | {
      readonly type: 'load';
      /** The function as one JavaScript module. */
      readonly code: string;
      /** Name of its file, which stands in the stacks of its errors. */
      readonly file: string;
      /** What relative URLs of calls are resolved against: the worker has no address of its own. */
      readonly origin: string;
      readonly memoryMb: number;
      /** Its environment; null for none. */
      readonly variables: Readonly<Record<string, string>> | null;
    }
  | {
      readonly type: 'call';
      readonly call: number;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderList;
      readonly body: BodyMessage;
    }
  /** Answered by `here` as soon as the thread is free. */
  | { readonly type: 'there' }
  | { readonly type: 'favor-done'; readonly favor: number; readonly result: FavorResult };

/** What code in a sandbox asks of the page, since it cannot do it by itself. */
export type Favor =
  | {
      readonly kind: 'fetch';
      readonly url: string;
      readonly method: string;
      readonly headers: HeaderList;
      readonly body: Uint8Array | null;
    }
  | { readonly kind: 'digest'; readonly hash: string; readonly data: Uint8Array }
  | {
      readonly kind: 'hmac';
      readonly hash: string;
      readonly key: Uint8Array;
      readonly data: Uint8Array;
    };

/** The answer to a fetch, or bytes; or why it was refused. */
export type FavorResult =
  | { readonly status: number; readonly headers: HeaderList; readonly body: Uint8Array }
  | { readonly bytes: Uint8Array }
  | { readonly refused: string };

/** From the worker to the page. */
export type FromWorker =
  /** The runtime is up; sent before the module is loaded. */
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
  | { readonly type: 'log'; readonly lines: readonly PrintedLine[] }
  | { readonly type: 'here' }
  | { readonly type: 'favor'; readonly favor: number; readonly of: Favor }
  /** The worker exceeds its memory limit. */
  | { readonly type: 'out-of-memory' }
  /** The last message of a worker that exits by itself. */
  | { readonly type: 'leaving'; readonly code: number };

/** On a body's port, from its reader: asks for the next piece, or for no more. */
export type FromReader = { readonly type: 'pull' } | { readonly type: 'cancel' };

/** On a body's port, from its writer: the reply to a pull. */
export type FromWriter =
  | { readonly type: 'piece'; readonly piece: Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'broken'; readonly message: string };
