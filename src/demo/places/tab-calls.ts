/** Calls between functions of this tab: what one fetches under `/api/`, the page's own platform answers. */

import type { HeaderList, TabFunction } from '#faas/api.ts';
import type { FunctionSpec } from '#faas/core/function.ts';
import { formatTraceparent } from '#faas/core/trace/span.ts';
import type { ResponseMessage } from '#faas/drivers/protocol.ts';
import type { FetchAnswer } from '#faas/drivers/web-worker/grant.ts';
import type { FavorResult } from '#faas/drivers/web-worker/messages.ts';
import type { Platform } from '#faas/platform/platform.ts';
import { whyNotCalled } from '#faas/resources/grant-refusal.ts';

const TRACEPARENT = 'traceparent';

/** Which functions may call which, and which stand in for others. */
export class TabCalls {
  readonly #functions: ReadonlyMap<string, TabFunction>;
  #platform: Platform | null = null;

  constructor(functions: readonly TabFunction[]) {
    this.#functions = new Map(functions.map((one) => [one.name, one]));
  }

  /** Where the calls go, once that is there. */
  bind(platform: Platform): void {
    this.#platform = platform;
  }

  /** Null where the caller may call; else why not. */
  whyNot({ name, route }: FunctionSpec, callee: FunctionSpec): string | null {
    const may = this.#functions.get(name)?.calls.includes(callee.route) === true;
    return may ? null : whyNotCalled(route, callee.route);
  }

  /** Name of the function that answers for one which this tab cannot run. */
  twinOf({ name }: FunctionSpec): string | null {
    return this.#functions.get(name)?.twin ?? null;
  }

  /** Answers what an instance fetches from functions; null for other addresses. */
  answerFor(instance: string): FetchAnswer {
    return ({ url, method, headers, body }) => {
      const { origin, pathname, search } = new URL(url);
      const platform = this.#platform;
      if (platform === null || origin !== location.origin || !pathname.startsWith('/api/'))
        return null;
      const known = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
      const traced = this.#traced(platform, known, instance);
      const message = { method, url: pathname + search, headers: traced, body };
      return platform.handle(message).then(answered);
    };
  }

  /** Here it is known which instance calls, so that a call without its caller's trace continues it too. */
  #traced(platform: Platform, headers: HeaderList, instance: string): HeaderList {
    if (headers.some(([name]) => name === TRACEPARENT)) return headers;
    const span = platform.callIn(instance)?.span;
    if (span === undefined) return headers;
    const { trace, span: parent } = span;
    return [...headers, [TRACEPARENT, formatTraceparent({ trace, parent, sampled: true })]];
  }
}

async function answered({ status, headers, body }: ResponseMessage): Promise<FavorResult> {
  if (body === null || body instanceof Uint8Array) {
    return { status, headers, body: body ?? new Uint8Array() };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of body) parts.push(part as Uint8Array<ArrayBuffer>);
  return { status, headers, body: new Uint8Array(await new Blob(parts).arrayBuffer()) };
}
