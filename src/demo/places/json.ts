/** JSON at a URL, or null: another kind of host answers with a page, or not at all. */
export async function readJson<T>(url: string, signal: AbortSignal): Promise<T | null> {
  try {
    const response = await fetch(url, { cache: 'no-store', signal });
    const type = response.headers.get('content-type') ?? '';
    return response.ok && type.includes('json') ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
