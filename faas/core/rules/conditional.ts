/** Whether a caller has an answer already (RFC 9110, 13.1.2). */

import { fieldOf, membersOf, type Fields } from './fields.ts';

/** Whether `If-None-Match` names the answer's entity tag, by weak comparison (8.8.3.2). */
export function hasItAlready(asked: Fields, answer: Fields): boolean {
  const tag = fieldOf(answer, 'etag');
  const known = fieldOf(asked, 'if-none-match');
  if (known === null) return false;
  if (known.trim() === '*') return true;
  return tag !== null && membersOf(known).some((each) => strong(each) === strong(tag));
}

function strong(tag: string): string {
  return tag.replace(/^W\//, '');
}
