/**
 * Lets a first visit paint the text with its styles alone, and sends for the rest then: the page's
 * scripts, which the build has listed in `data-scripts` of the root (`publish/page-scripts.ts`), and after
 * them the course's own faces. Before the first paint these would take most of a slow line, and of a slow
 * processor, from what is read first. `course:scripts` on the document says that no script is awaited.
 *
 * On a phone, where a line is much of what is seen, the faces wait until the page is hidden if in them
 * a line in view breaks elsewhere, and so moves what is read. A later page of the same tab finds all in
 * the cache: it is set in them at once (`inline-scripts.ts`), and its scripts wait for its text only.
 * The root has `data-fonts=""` when the page is set in them, and `data-fonts="wait"` when they wait.
 * The page's head holds this function as text: it must use nothing from outside itself.
 */
export async function sendAfterPaint(key: string): Promise<void> {
  const page = document.documentElement.dataset;
  const areKept = page['fonts'] === '';
  /** For what is not painted, or by a browser that does not tell: in ms after all of the page is there. */
  const PATIENCE_MS = 500;
  /** Of what is in view: what stands further on in the text is not asked, since a long page has much of it. */
  const tops = (): string => {
    let seen = '';
    for (const block of document.querySelectorAll('main *')) {
      const { top } = block.getBoundingClientRect();
      if (top > innerHeight) break;
      seen += Math.round(top) + ' ';
    }
    return seen;
  };
  const show = (): void => {
    page['fonts'] = '';
  };
  // An element that is defined while the page is read would be connected without what it holds.
  const read = new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));
  const loaded = new Promise((resolve) => addEventListener('load', resolve));

  await new Promise<unknown>((resolve) => {
    if (areKept) resolve(null);
    new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
    void loaded.then(() => setTimeout(resolve, PATIENCE_MS));
  });
  await read;
  // One that does not come leaves its elements undefined, and the press guard says so to the reader.
  const scripts = page['scripts']
    ?.split(' ')
    // eslint-disable-next-line no-console -- what a script cannot do is said as it would be without us
    .map((src) => import(/* @vite-ignore */ src).catch(console.warn));
  // `npm run dev` leaves them in the page.
  await (scripts ? Promise.all(scripts) : loaded);
  document.dispatchEvent(new Event('course:scripts'));
  if (areKept) return;

  await Promise.allSettled([...document.fonts].map((face) => face.load()));
  const before = tops();
  show();
  if (innerWidth <= 700 && tops() !== before) {
    page['fonts'] = 'wait';
    addEventListener('visibilitychange', show, { once: true });
  }
  try {
    sessionStorage.setItem(key, '');
  } catch {
    // Storage is closed to us: each page begins with the fallback faces.
  }
}
