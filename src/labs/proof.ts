/**
 * The proof of a lab, kept beside it as `proof.json`: for which files it holds, and which checks each
 * mutant fails, so that a page can tell a reader what their code looks like.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFolder, LabLanguage } from './lab-folder.ts';

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

/** A digest of the lab's files, equal on every machine. */
export function labHash(root: string, { folder }: LabFolder): string {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== PROOF_FILE && !/\.pyc$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    const name = file.slice(join(root, folder).length + 1).replaceAll('\\', '/');
    // Git on Windows may write other line ends.
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${text}\0`);
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
