/**
 * The proof of a lab, kept beside it as `proof.json`: for which files it holds, and which checks each
 * mutant fails, so that a page can tell a reader what their code looks like.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LabFolder, LabLanguage } from './lab-folder.ts';
import { solutionOfUsed } from './used-lab.ts';

/** Name of the file in a lab's folder. */
export const PROOF_FILE = 'proof.json';

/** What `proof.json` holds. */
export interface LabProof {
  /** Of the lab's files when it was proved. */
  readonly hash: string;
  /** Names of the checks that a mutant fails, by mutant and language. */
  readonly mutants: Readonly<
    Record<string, Readonly<Partial<Record<LabLanguage, readonly string[]>>>>
  >;
}

/** A digest of the lab's files, and of the solution that they import, equal on every machine. */
export function labHash(root: string, lab: LabFolder): string {
  const { folder } = lab;
  const hash = createHash('sha256');
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== PROOF_FILE && !entry.name.endsWith('.pyc'))
    .map((entry) => relative(join(root, folder), join(entry.parentPath, entry.name)))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  for (const name of names) {
    // Git on Windows may write other line ends.
    const text = readFileSync(join(root, folder, name), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${text}\0`);
  }
  for (const language of lab.data.language) {
    const used = solutionOfUsed(root, lab, language);
    if (used !== null) hash.update(`${used.name}\0${used.text.replaceAll('\r\n', '\n')}\0`);
  }
  return hash.digest('hex');
}

/** Null when the lab has never been proved. */
export function readProof(root: string, { folder }: LabFolder): LabProof | null {
  const path = join(root, folder, PROOF_FILE);
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')) as LabProof;
}

/** Whether the lab's files are those that were proved. */
export function isProved(root: string, lab: LabFolder): boolean {
  return readProof(root, lab)?.hash === labHash(root, lab);
}

export function writeProof(root: string, { folder }: LabFolder, proof: LabProof): void {
  writeFileSync(join(root, folder, PROOF_FILE), `${JSON.stringify(proof, null, 2)}\n`);
}
