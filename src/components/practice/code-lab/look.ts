/** The styles of a lab, loaded when one is near. A page of the lab's own has them from the start. */

import url from './code-lab.css?url';

/** Adds them once. */
export function loadLook(): void {
  if (document.querySelector(`link[href="${url}"]`) !== null) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  document.head.append(link);
}
