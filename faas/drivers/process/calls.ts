/** How the calls of one instance are made. Which way depends on whether its program is a runtime of ours. */

import { InstanceEnded } from '../failure.ts';
import type { Exit, Invocation, RequestMessage } from '../protocol.ts';
import type { Received } from './answer.ts';

export interface Calls {
  /** As `RunningInstance.invoke`. */
  invoke(message: RequestMessage): Promise<Invocation>;
  /** The instance is no more. Resolves when what was under way has been rejected. */
  close(exit: Exit): Promise<void>;
}

/** Whether a message can be sent a second time: nothing of its body is gone. */
export function isRepeatable({ body }: RequestMessage): boolean {
  return body === null || body instanceof Uint8Array;
}

/** Resolves when a body has been read to its end, or will not be. */
export async function isOver(body: Received['body']): Promise<void> {
  if (isWhole(body) || body.closed) return;
  await new Promise<void>((resolve) => body.once('close', resolve));
}

export function isWhole(body: Received['body']): body is Uint8Array | null {
  return body === null || body instanceof Uint8Array;
}

export function endOf({ code, signal }: Exit): InstanceEnded {
  return new InstanceEnded(`The instance ended (${signal ?? `exit code ${code ?? 'unknown'}`})`);
}
