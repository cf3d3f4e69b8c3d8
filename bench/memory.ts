/**
 * Memory of a server and everything it started: what each process of the tree holds alone, added
 * up. Pages that processes share, such as the program text of Node, are not counted: one more
 * instance adds none.
 */

import { processTree, readProcess } from './processes.ts';

export const MEMORY_METHOD =
  'private memory (Private_Clean + Private_Dirty of /proc/<pid>/smaps_rollup) of the whole process tree, in MB of 10⁶ bytes';

/** Of the whole tree, in MB (10^6 bytes); null where it cannot be told. */
export function treeMemoryMb(root: number): number | null {
  const each = processTree(root)
    .map(privateMb)
    .filter((mb) => mb !== null);
  return each.length === 0 ? null : each.reduce((sum, mb) => sum + mb, 0);
}

function privateMb(pid: number): number | null {
  const text = readProcess(pid, 'smaps_rollup');
  if (text === null) return null;
  const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
  return kilobytes.reduce((sum, [, kb]) => sum + Number(kb) * 1024, 0) / 1e6;
}
