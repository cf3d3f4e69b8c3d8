/** How long an answer of this size is waited for: one that comes later never comes. */
const PATIENCE_MS = 30_000;

/** JSON at a URL, or null: another kind of host answers with a page, or not at all. */
export async function readJson<T>(url: string, signal: AbortSignal): Promise<T | null> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await fetch(url, { cache: 'no-store', signal: patience });
    const type = response.headers.get('content-type') ?? '';
    return response.ok && type.includes('json') ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
