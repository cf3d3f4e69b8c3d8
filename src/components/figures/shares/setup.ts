/** The rows of one runtime as a zip on x86, by memory: what init takes, and the first call after it. */

import { MEASURED_STARTS, type MeasuredStart } from '#src/measured/lambda-perf.ts';

/** Small to large. @throws when the runtime was not measured with every size */
export function rowsByMemory(runtime: string): MeasuredStart[] {
  const rows = MEASURED_STARTS.filter(
    (row) => row.runtime === runtime && row.package === 'zip' && row.arch === 'x86_64',
  ).toSorted((a, b) => a.memoryMb - b.memoryMb);
  if (rows.length === 4) return rows;
  throw new Error(`Expected four sizes of memory of "${runtime}", and ${rows.length} came.`);
}
