/** A project of its own for a test: the course's functions, and limits that are reached sooner. */

import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Limits {
  readonly maxDuration: number;
  readonly memory: number;
}

const REPOSITORY = resolve(import.meta.dirname, '../..');

export class Project {
  readonly root: string;

  constructor(limits: Limits = { maxDuration: 10, memory: 256 }) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'course-')));
    const source = join(REPOSITORY, 'api');
    cpSync(source, join(this.root, 'api'), {
      recursive: true,
      filter: (path) => !/_tests$|__pycache__$/.test(path),
    });
    // That of the functions extends it.
    cpSync(join(REPOSITORY, 'tsconfig.json'), join(this.root, 'tsconfig.json'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.root, 'node_modules'), 'junction');
    // api/tsconfig.json builds on it.
    cpSync(join(REPOSITORY, 'tsconfig.json'), join(this.root, 'tsconfig.json'));
    this.write('package.json', JSON.stringify({ name: 'course', type: 'module' }));
    const functions = { 'api/**/*.ts': limits, 'api/**/*.py': limits };
    this.write('vercel.json', JSON.stringify({ functions }));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A file of the repository, by its path in it. */
export function repositoryFile(file: string): string {
  return join(REPOSITORY, file);
}
