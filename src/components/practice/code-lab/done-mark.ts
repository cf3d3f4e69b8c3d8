/** Beside a lab's title: whether its contract holds, or has held. */

import type { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import { progress } from '#src/progress/store.ts';
import type { CourseElement } from '../../element.ts';

/** Follows what is kept, also by other tabs. */
export function showWhetherDone(lab: CourseElement, kept: KeptAttempt, signal: AbortSignal): void {
  const mark = document.createElement('b');
  mark.className = 'lab-done';
  lab.querySelector('.panel-head')?.append(mark);
  const show = (): void => {
    const how = kept.record?.how === 'assembled' ? ', from given lines' : '';
    mark.textContent = kept.isDone ? `✓ done${how}` : '';
  };
  progress().addEventListener('change', show, { signal });
  show();
}
