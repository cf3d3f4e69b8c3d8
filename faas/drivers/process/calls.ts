/** How an instance is called: one way for our own runtimes, another for ordinary HTTP servers. */

import { InstanceEnded } from '../failure.ts';
import type { Exit, Invocation, RequestMessage } from '../protocol.ts';
import type { Received } from './answer.ts';

/** Calls to one instance. */
export interface Calls {
  /** As `RunningInstance.invoke`. */
  invoke(message: RequestMessage): Promise<Invocation>;
  /** Call it when the instance has ended. Resolves once the calls in flight have been rejected. */
  close(exit: Exit): Promise<void>;
}

/** Whether a message can be sent again: a streaming body cannot. */
export function isRepeatable({ body }: RequestMessage): boolean {
  return body === null || body instanceof Uint8Array;
}

/** Resolves when a body has been read to its end, or has failed or been abandoned. */
export async function isOver(body: Received['body']): Promise<void> {
  if (isWhole(body) || body.closed) return;
  await new Promise<void>((resolve) => body.once('close', resolve));
}

/** Whether the body does not stream. */
export function isWhole(body: Received['body']): body is Uint8Array | null {
  return body === null || body instanceof Uint8Array;
}

/** The error of a call whose instance ended this way. */
export function endOf({ code, signal }: Exit): InstanceEnded {
  return new InstanceEnded(`The instance ended (${signal ?? `exit code ${code ?? 'unknown'}`})`);
}
