/** Processes as Linux shows them under /proc. Where there is none, a tree is its root alone. */

import { readdirSync, readFileSync } from 'node:fs';

/** A process and all its descendants, itself first. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const pid of pids()) {
    const parent = statOf(pid)?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** When it began, in ticks since the machine did: with its number, no other process has it. */
export function bornAt(pid: number): number | null {
  return statOf(pid)?.bornAt ?? null;
}

/** A file of /proc; null when the process has gone. */
export function readProcess(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return null;
  }
}

/** Fields are counted after the program's name, which is in brackets and may hold anything. */
function statOf(pid: number): { readonly parent: number; readonly bornAt: number } | null {
  const stat = readProcess(pid, 'stat');
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), bornAt: Number(fields[19]) };
}

function pids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
