/** A project of its own for each start of a peer: the same handler, and nothing of the user's. */

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BENCH } from './packages.ts';

const HANDLER = join(BENCH, 'handler.ts');

export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));

  constructor() {
    mkdirSync(join(this.folder, 'home'));
  }

  /** @returns the whole path */
  write(file: string, text: string): string {
    const path = this.#place(file);
    writeFileSync(path, text);
    return path;
  }

  /** The handler as it is. */
  handler(file: string): string {
    const path = this.#place(file);
    copyFileSync(HANDLER, path);
    return path;
  }

  /** The handler as JavaScript, for a peer that takes no TypeScript: nobody strips types in its time. */
  script(file: string): string {
    return this.write(file, stripTypeScriptTypes(readFileSync(HANDLER, 'utf8')));
  }

  /** What the benchmark has installed, found from here. */
  linkPackages(): void {
    this.link('node_modules', join(BENCH, 'node_modules'));
  }

  link(file: string, target: string): void {
    symlinkSync(target, this.#place(file), 'junction');
  }

  /**
   * What a peer needs to find its way, a home without accounts, and word that it is to tell nobody
   * of its use.
   */
  get env(): Record<string, string> {
    const home = join(this.folder, 'home');
    return {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_CACHE_HOME: join(home, '.cache'),
      XDG_DATA_HOME: join(home, '.data'),
      TMPDIR: tmpdir(),
      LANG: 'C.UTF-8',
      CI: '1',
      NO_COLOR: '1',
      DO_NOT_TRACK: '1',
      NO_UPDATE_NOTIFIER: '1',
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #place(file: string): string {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }
}
