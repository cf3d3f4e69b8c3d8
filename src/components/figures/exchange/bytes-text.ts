/** How long a text is on the line, in words. */

import { counted } from '#src/format/number.ts';

/** `26 bytes` */
export function bytesText(text: string): string {
  return counted(new TextEncoder().encode(text).length, 'byte');
}
