/** The tab's `/sql`: what a function fetches there, the page answers from the tab's database. */

import type { FetchAnswer } from '../../drivers/web-worker/grant.ts';
import type { FavorResult } from '../../drivers/web-worker/messages.ts';
import { problem } from '../../core/problem.ts';
import { neonAnswer, neonError, parseNeonRequest } from '../store/neon-protocol.ts';
import { StoreUnavailable } from '../store/store-failure.ts';
import type { Batch, Rows } from '../store/statement.ts';
import { TAB_SQL } from './tab-endpoint.ts';

/** @param run throws StoreUnavailable, or what Postgres says of the statement */
export function answerTabSql(run: (batch: Batch) => Promise<readonly Rows[]>): FetchAnswer {
  return ({ url, headers, body }) => {
    if (url !== TAB_SQL) return null;
    const header = (name: string): string | null =>
      headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null;
    return answered(new TextDecoder().decode(body ?? new Uint8Array()), header, run);
  };
}

async function answered(
  body: string,
  header: (name: string) => string | null,
  run: (batch: Batch) => Promise<readonly Rows[]>,
): Promise<FavorResult> {
  try {
    const asked = parseNeonRequest(body, header);
    return json(200, neonAnswer(asked, await run(asked.batch)));
  } catch (error) {
    if (error instanceof StoreUnavailable) {
      const { message, retryAfterS } = error;
      return json(503, { ...problem('store-unavailable', message), retryAfterS });
    }
    if (error instanceof RangeError || 'code' in Object(error)) {
      return json(400, neonError(error as Error));
    }
    throw error;
  }
}

function json(status: number, value: object): FavorResult {
  const headers = [['content-type', 'application/json']] as const;
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(value)) };
}
