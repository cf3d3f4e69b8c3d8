/** The styles of a lab, loaded when one is near: a page that only shows it does without. */

import url from './code-lab.css?url';

/** Adds them once. */
export function loadLook(): void {
  if (document.head.querySelector(`link[href="${url}"]`) !== null) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  document.head.append(link);
}
