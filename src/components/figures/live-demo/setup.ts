/** What a demo is set up to do: written by the server, read by the element. */

import { addressOf } from '#src/demo/places/address.ts';
import type { CallPlan } from '#src/demo/places/call-plan.ts';
import type { ReceiptFolds } from '#src/demo/receipt/receipt.ts';

/** The function in one of the languages it is written in. */
export interface DemoVariant {
  readonly language: 'TypeScript' | 'Python';
  /** Its path as in its spec: `/api/items/[id]`. */
  readonly function: string;
  /** The URL that is called, without the query: `/api/items/42`. */
  readonly path: string;
  /** SHA-256 of the source that the page shows. */
  readonly code: string;
  /** Memory configured for it. */
  readonly memoryMb: number;
}

/** Serialized into `data-setup` of the element. */
export interface DemoSetup {
  /** The first is the one that is shown first. */
  readonly variants: readonly DemoVariant[];
  readonly method: string;
  /** Content type that is sent with the body. @default the sender's own for text */
  readonly type?: string | undefined;
  readonly calls: number;
  readonly mode: 'sequence' | 'burst';
  readonly wait: 'reaped' | null;
  /** In a burst from one call to the next, in a sequence from an answer to the next call, in ms. @default 0 */
  readonly everyMs?: number | undefined;
  /** Instances are frozen after each answer. @default as the place is set up */
  readonly frozen?: boolean | undefined;
  /** What has not been taught yet waits behind folds. */
  readonly folds: ReceiptFolds;
  /** What the prediction is about; null when there is nothing to observe. */
  readonly observe: string | null;
}

/** What the reader can change of a request. */
export interface RequestFields {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The calls that one press on Run makes. */
export function demoPlan(
  setup: DemoSetup,
  variant: DemoVariant,
  { path, query, body }: RequestFields,
): CallPlan {
  const { method, type, calls, mode, wait, everyMs, frozen } = setup;
  const url = addressOf(path, query);
  const headers: CallPlan['call']['headers'] = type === undefined ? [] : [['content-type', type]];
  const call = { function: variant.function, method, url, headers, body };
  return {
    call,
    calls,
    mode,
    wait,
    ...(everyMs !== undefined && { everyMs }),
    ...(frozen && { scaled: { name: 'keep-alive', freezeIdle: true } }),
  };
}
