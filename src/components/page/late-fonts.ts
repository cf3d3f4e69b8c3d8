/**
 * Lets a first visit paint in the fallback faces, and sends for the course's own then: before the first
 * paint they would take more than half of a slow line from the text and its styles. On a phone, where
 * a line is much of what is seen, they wait until the page is hidden if in them a line in view breaks
 * elsewhere, and so moves what is read. A later page of the same tab finds them in the cache, and is
 * set in them at once.
 * The root has `data-fonts=""` when the page is set in them, and `data-fonts="wait"` when they wait.
 * The page's head holds this function as text: it must use nothing from outside itself.
 */
export function showFontsAfterPaint(key: string): void {
  const page = document.documentElement.dataset;
  const show = (): void => {
    page['fonts'] = '';
  };
  const tops = (): string =>
    Array.from(document.querySelectorAll('main *'), (block) =>
      Math.round(block.getBoundingClientRect().top),
    )
      .filter((top) => top < innerHeight)
      .join();
  const showInPlace = (): void => {
    const before = tops();
    show();
    if (innerWidth > 700 || tops() === before) return;
    page['fonts'] = 'wait';
    addEventListener('visibilitychange', show, { once: true });
  };
  let areKept = false;
  try {
    areKept = sessionStorage.getItem(key) !== null;
  } catch {
    // Storage is closed to us: each page begins with the fallback faces.
  }
  if (areKept || !PerformanceObserver.supportedEntryTypes.includes('paint')) {
    show();
    return;
  }
  new PerformanceObserver((_, observer) => {
    observer.disconnect();
    const own = Array.from(document.fonts).filter(({ family }) => !/Fallback/.test(family));
    void Promise.allSettled(own.map((face) => face.load())).then(() => {
      showInPlace();
      try {
        sessionStorage.setItem(key, '');
      } catch {
        // As above.
      }
    });
  }).observe({ type: 'paint', buffered: true });
}
