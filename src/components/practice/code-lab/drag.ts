/**
 * Dragging by mouse, finger or pen. It begins at a grip, so that a finger anywhere else scrolls the
 * page. Whatever can be dragged has buttons or radios as well: for the keyboard, and for whoever cannot
 * drag (WCAG 2.5.7).
 */

/** What is dragged, and what becomes of it. */
export interface Dragging {
  /** Holds the grips, which have `data-grip`. It stays on the page while something is dragged. */
  readonly area: HTMLElement;
  /** What a grip belongs to, as a selector. */
  readonly item: string;
  /** The page scrolls where the pointer comes near to the edge of the window. */
  readonly scrolls: boolean;
  /** What follows the pointer, in words. */
  label(item: HTMLElement): string;
  /** The pointer is here now, in px of the window. */
  over(item: HTMLElement, at: DragPoint): void;
  /** It is let go here. */
  drop(item: HTMLElement, at: DragPoint): void;
  /** It is over, dropped or given up. */
  end(): void;
}

/** In px of the window. */
export interface DragPoint {
  readonly x: number;
  readonly y: number;
}

/** Nearer to the edge of the window than this the page scrolls, in px. */
const EDGE_PX = 56;
/** How far at each frame, in px. */
const STEP_PX = 8;

/** Listens for drags until the signal ends. */
export function listenForDrags(dragging: Dragging, signal: AbortSignal): void {
  const begin = (event: PointerEvent): void => {
    const grip = event.target instanceof Element ? event.target.closest('[data-grip]') : null;
    const item = grip?.closest<HTMLElement>(dragging.item);
    if (item === null || item === undefined || event.button !== 0 || !event.isPrimary) return;
    // No text is selected meanwhile.
    event.preventDefault();
    drag(dragging, item, event, signal);
  };
  dragging.area.addEventListener('pointerdown', begin, { signal });
}

function drag(
  { area, scrolls, label, over, drop, end }: Dragging,
  item: HTMLElement,
  { pointerId, clientX, clientY }: PointerEvent,
  life: AbortSignal,
): void {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, life]);
  let at: DragPoint = { x: clientX, y: clientY };
  const ghost = document.createElement('div');
  ghost.className = 'lab-ghost';
  ghost.textContent = label(item);
  area.append(ghost);
  item.dataset['dragged'] = '';
  area.setPointerCapture(pointerId);
  const move = (): void => {
    ghost.style.transform = `translate(${String(at.x)}px, ${String(at.y)}px)`;
    over(item, at);
  };
  const step = (): void => {
    if (signal.aborted) return;
    const top = at.y < EDGE_PX ? -STEP_PX : at.y > innerHeight - EDGE_PX ? STEP_PX : 0;
    if (top !== 0) {
      window.scrollBy({ top, behavior: 'instant' });
      move();
    }
    requestAnimationFrame(step);
  };
  const stop = (): void => ending.abort();
  signal.addEventListener('abort', () => {
    ghost.remove();
    delete item.dataset['dragged'];
    end();
  });
  const isOurs = (event: Event): event is PointerEvent =>
    event instanceof PointerEvent && event.pointerId === pointerId;
  const listen = (type: string, act: (event: PointerEvent) => void): void =>
    area.addEventListener(type, (event) => void (isOurs(event) && act(event)), { signal });
  listen('pointermove', (event) => {
    at = { x: event.clientX, y: event.clientY };
    move();
  });
  listen('pointerup', () => {
    drop(item, at);
    stop();
  });
  listen('pointercancel', stop);
  listen('lostpointercapture', stop);
  const escape = ({ key }: KeyboardEvent): void => void (key === 'Escape' && stop());
  window.addEventListener('keydown', escape, { signal });
  move();
  if (scrolls) step();
}

/** A sign to drag by; those who do not see it have the buttons. */
export const GRIP = '<span class="lab-grip" data-grip aria-hidden="true">⠿</span>';
