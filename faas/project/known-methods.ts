/**
 * The methods of functions, kept from one start to the next. Finding them means loading two parsers
 * and parsing every file, which takes longer than anything else that a start does with the project.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { Runtime } from '../core/function.ts';
import { methodsOf } from './methods.ts';

/** Methods by {@link KnownMethods} key. */
type Kept = Record<string, readonly string[]>;

/** Finds the methods of a file, or takes those that an equal file had before. */
export class KnownMethods {
  readonly #file: string | null;
  readonly #kept: Kept;
  /** Those that were asked for; the others that were kept are not saved again. */
  readonly #used: Kept = {};

  /** @param file where they are kept; null keeps nothing @default null */
  constructor(file: string | null = null) {
    this.#file = file;
    this.#kept = file === null ? {} : read(file);
  }

  /**
   * As {@link methodsOf}. A file without methods or with a mistake is parsed each time, and so is one
   * that re-exports another file, since its methods depend on that file too.
   *
   * @param code SHA-256 of the file's content
   */
  of(runtime: Runtime, file: string, code: string): readonly string[] {
    const key = `${code}${extname(file)}`;
    const parsed = new Set<string>();
    const methods = this.#used[key] ?? this.#kept[key] ?? methodsOf(runtime, file, parsed);
    if (methods.length > 0 && parsed.size <= 1) this.#used[key] = methods;
    return methods;
  }

  /** Writes them for the next start. Without effect where that is not possible. */
  save(): void {
    const text = JSON.stringify({ reader: reader(), methods: this.#used });
    if (this.#file === null || text === textOf(this.#file)) return;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      // Renamed into place, since another process may be reading it.
      const draft = `${this.#file}.${process.pid}`;
      writeFileSync(draft, text);
      renameSync(draft, this.#file);
    } catch {
      // The next start parses the files again.
    }
  }
}

function read(file: string): Kept {
  try {
    const kept = JSON.parse(textOf(file)) as { reader: string; methods: Kept };
    return kept.reader === reader() ? kept.methods : {};
  } catch {
    return {};
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A digest of what finds the methods: Node, which strips the types, and the code of this folder. */
function reader(): string {
  const hash = createHash('sha256').update(process.version);
  for (const name of ['exports.ts', 'methods.ts']) {
    hash.update(readFileSync(new URL(name, import.meta.url)));
  }
  return hash.digest('hex').slice(0, 32);
}
