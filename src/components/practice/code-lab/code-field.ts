/** A field of code, however it is shown. Types only. */

import type { CodeFault } from '#src/attempt/javascript.ts';

export interface CodeField {
  /** Setting it tells nobody: only what the reader types is reported. */
  code: string;
  focus(): void;
  /** Shows a mistake at its line; null takes it away. */
  mark(fault: CodeFault | null): void;
}
