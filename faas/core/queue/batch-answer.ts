/**
 * What a function's answer says of the messages that it was called with. As with AWS Lambda and SQS, a
 * 2xx means that all are done, unless its body is `{ "batchItemFailures": [{ "itemIdentifier": ID }] }`
 * with ids of the events that are not.
 */

import type { TakenMessage } from './queue-message.ts';

/** What became of a call's messages. */
export interface BatchOutcome {
  readonly done: readonly TakenMessage[];
  readonly failed: readonly TakenMessage[];
  /** Why some failed, for the reader; null when none did. */
  readonly why: string | null;
}

/** @param body text of the answer */
export function batchOutcome(
  messages: readonly TakenMessage[],
  status: number,
  body: string,
): BatchOutcome {
  const allFailed = (why: string): BatchOutcome => ({ done: [], failed: messages, why });
  if (status < 200 || status > 299) return allFailed(`The function answered ${status}.`);
  const named = failuresIn(body);
  if (named === null || named.length === 0) return { done: messages, failed: [], why: null };
  // A name that means nothing may stand for any of them.
  if (named.some((name) => !messages.some(({ id }) => id === name))) {
    const names = JSON.stringify(named).slice(0, 200);
    return allFailed(
      `The answer names ${names} under batchItemFailures, and not each of them is the id of a message of this call: all count as failed.`,
    );
  }
  const isFailed = ({ id }: TakenMessage): boolean => named.includes(id);
  return {
    done: messages.filter((message) => !isFailed(message)),
    failed: messages.filter(isFailed),
    why: `The answer names ${named.length} of ${messages.length} under batchItemFailures.`,
  };
}

/** What stands where ids should; null when the answer says nothing of failures. */
function failuresIn(body: string): readonly unknown[] | null {
  if (!body.includes('batchItemFailures')) return null;
  try {
    const { batchItemFailures } = Object(JSON.parse(body)) as { batchItemFailures?: unknown };
    if (batchItemFailures === undefined || batchItemFailures === null) return null;
    // Anything else than a list is read as one failure without a name.
    if (!Array.isArray(batchItemFailures)) return [undefined];
    return batchItemFailures.map(
      (failure) => (Object(failure) as { itemIdentifier?: unknown }).itemIdentifier,
    );
  } catch {
    return null;
  }
}
