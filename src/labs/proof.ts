/**
 * The proof of a lab, kept beside it as `proof.json`: for which files it holds, and which checks the
 * start and each mutant fail in processes. A page tells a reader by it what their code looks like, and
 * what comes of the same files in a tab is held against it.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FailedDemand, ProvedFailures } from '#faas/labs/misconception.ts';
import type { LabFolder, LabLanguage } from './lab-folder.ts';
import { solutionsOfUsed } from './used-lab.ts';

/** Name of the file in a lab's folder. */
export const PROOF_FILE = 'proof.json';

/** What `proof.json` holds. */
export interface LabProof {
  /** Of the lab's files when it was proved. */
  readonly hash: string;
  /** Names of the checks that the start fails. A proof without them is an older one, and counts as none. */
  readonly start?: Readonly<Partial<Record<LabLanguage, readonly string[]>>>;
  /** Names of the checks that a mutant fails, by mutant and language. */
  readonly mutants: Readonly<
    Record<string, Readonly<Partial<Record<LabLanguage, readonly string[]>>>>
  >;
  /** What the first of those checks finds, by mutant and language. Missing in an older proof. */
  readonly findings?: Readonly<
    Record<string, Readonly<Partial<Record<LabLanguage, FailedDemand>>>>
  >;
  /**
   * Names of the checks that code fails which knows nothing of the lab: its start, and stand-ins.
   * Missing in an older proof.
   */
  readonly blanks?: Readonly<Partial<Record<LabLanguage, readonly (readonly string[])[]>>>;
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
    for (const { name, text } of solutionsOfUsed(root, lab, language)) {
      hash.update(`${name}\0${text.replaceAll('\r\n', '\n')}\0`);
    }
  }
  return hash.digest('hex');
}

/** Null when the lab has never been proved. */
export function readProof(root: string, { folder }: LabFolder): LabProof | null {
  const path = join(root, folder, PROOF_FILE);
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')) as LabProof;
}

/** How wrong code of the lab fails in a language; nothing is known before the lab is proved. */
export function provedFailures(
  root: string,
  lab: LabFolder,
  language: LabLanguage,
): ProvedFailures {
  const proof = readProof(root, lab);
  const mutants = Object.entries(lab.data.mutants).flatMap(([name, { says }]) => {
    const fails = proof?.mutants[name]?.[language] ?? [];
    const finding = proof?.findings?.[name]?.[language] ?? null;
    return fails.length === 0 ? [] : [{ name, says, fails, finding }];
  });
  return { mutants, blanks: proof?.blanks?.[language] ?? [] };
}

/** Whether the lab's files are those that were proved. */
export function isProved(root: string, lab: LabFolder): boolean {
  const proof = readProof(root, lab);
  return proof?.start !== undefined && proof.hash === labHash(root, lab);
}

export function writeProof(root: string, { folder }: LabFolder, proof: LabProof): void {
  writeFileSync(join(root, folder, PROOF_FILE), `${JSON.stringify(proof, null, 2)}\n`);
}
