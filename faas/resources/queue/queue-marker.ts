/**
 * Remembers over restarts whether messages may wait: a file that is there from each wake of the database
 * until it sleeps with no message left. So a start after a kill looks once, and any other leaves the
 * database asleep.
 */

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The file. What goes wrong with it is passed over: then a start looks once too often, or not at once. */
export class QueueMarker {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  get isThere(): boolean {
    return existsSync(this.#file);
  }

  put(): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(this.#file, 'Messages may wait in the database.\n');
    } catch {
      // A full disk stops the database as well.
    }
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }
}
