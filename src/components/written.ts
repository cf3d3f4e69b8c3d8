/** What the build has written beside the pages, for a script to ask for when the reader wants it. */

/** JSON at a URL of this site; null when it does not come. */
export async function readWritten<T>(url: URL | string): Promise<T | null> {
  try {
    const response = await fetch(url);
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
