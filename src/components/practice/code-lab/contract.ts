/** What has to pass for a lab's contract to hold, read from the page. */

import type { CourseElement } from '../../element.ts';
import { LEVEL_NAMES } from './setup.ts';

/** Names under which what passes is kept. */
export const passName = {
  sorting: (id: string): string => `sorting/${id}`,
  amount: (id: string): string => `amount/${id}`,
};

/** Checks up to the contract, sortings and amounts; the sharp edges are not among them. */
export function contractOf(lab: CourseElement): string[] {
  const edges = LEVEL_NAMES['edges'] ?? '';
  const isEdges = (list: Element): boolean =>
    list.previousElementSibling?.textContent.trim().startsWith(edges) === true;
  const lists = lab.findAll('checks', HTMLElement).filter((list) => !isEdges(list));
  return [
    ...lists.flatMap((list) => [...list.children].map(({ textContent }) => textContent.trim())),
    ...lab
      .findAll('sorting', HTMLElement)
      .map(({ dataset }) => passName.sorting(dataset['sorting'] ?? '')),
    ...lab
      .findAll('amount', HTMLElement)
      .map(({ dataset }) => passName.amount(dataset['amount'] ?? '')),
  ];
}
