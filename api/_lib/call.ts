/**
 * Calls another function of this project, as part of the same trace. Which function may call which stands
 * in `api/_platform.json`: `"grants": { "/api/cart": ["call:/api/pay"] }`.
 */

// A browser has no `process`.
const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };

/** What hands a trace on (W3C Trace Context). */
const OF_THE_TRACE = ['traceparent', 'tracestate'];

/**
 * @param request the call that is being answered: where it came to, there the others are too
 * @param path with its query: `/api/pay?order=17`
 */
export function callFunction(
  request: Request,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const name of OF_THE_TRACE) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const base = process?.env['FUNCTIONS_URL'] ?? request.url;
  return fetch(new URL(path, base), { ...init, headers });
}
