/**
 * Lets a first visit paint in the fallback faces, and sends for the course's own then: before the first
 * paint they would take more than half of a slow line from the text and its styles. A later page of
 * the same tab finds them in the cache, and is set in them at once.
 * The page's head holds this function as text: it must use nothing from outside itself.
 */
export function showFontsAfterPaint(key: string): void {
  const show = (): void => {
    document.documentElement.dataset['fonts'] = '';
    void document.fonts.ready.then(() => {
      try {
        sessionStorage.setItem(key, '');
      } catch {
        // Storage is closed to us: the next page begins with the fallback faces, too.
      }
    });
  };
  let areKept = false;
  try {
    areKept = sessionStorage.getItem(key) !== null;
  } catch {
    // As above.
  }
  if (areKept || !PerformanceObserver.supportedEntryTypes.includes('paint')) {
    show();
    return;
  }
  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    show();
  }).observe({ type: 'paint', buffered: true });
}
