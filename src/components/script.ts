/** Scripts that are loaded only when the reader does something that needs them. */

/** @throws with what to do, when the script does not come */
export async function loadScript<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new Error('A part of the page could not be loaded. Reload the page, and try again.', {
      cause,
    });
  }
}
