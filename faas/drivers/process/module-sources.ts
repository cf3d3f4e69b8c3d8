/**
 * JavaScript for the modules of a function, compiled once in the platform's process. Node can strip
 * types by itself, but loading the stripper costs each new process about 40 ms; a child that gets
 * the result starts as fast as from JavaScript. Stripping keeps every line and column in place.
 */

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inOwnFolder } from './own-folder.ts';

interface Module {
  readonly mtimeMs: number;
  readonly size: number;
  /** JavaScript. */
  readonly source: string;
  /** URLs of the files it imports by a relative path; some may not exist. */
  readonly imports: readonly string[];
}

/** `from './x.ts'`, `import './x.ts'`, `import('./x.ts')`; a false match does no harm. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/** Compiles functions and keeps the results in a folder, named by their content. */
export class ModuleSources {
  /** Real path of the folder that all results are in. */
  readonly folder: string;
  readonly #modules = new Map<string, Module>();
  readonly #written = new Set<string>();

  /**
   * @param folder for the results. If it is not writable, a private temporary folder is used, since
   *   files in a shared one could come from another user
   */
  constructor(folder: string) {
    const chosen = writable(folder) ?? mkdtempSync(join(tmpdir(), 'scale-to-zero-'));
    this.folder = realpathSync(chosen);
  }

  /**
   * A JSON file: what {@link sourcesFor} answers. Its name changes with its content.
   * @throws as `sourcesFor` does
   */
  bundleFor(file: string): string {
    return this.#write(JSON.stringify(this.sourcesFor(file)), 'json');
  }

  /**
   * JavaScript by module URL, for every TypeScript module the function reaches through static relative
   * imports.
   * @throws when the function's own file is missing, or a module's syntax is more than types
   */
  sourcesFor(file: string): Record<string, string> {
    const sources: Record<string, string> = {};
    const reached = new Set([pathToFileURL(file).href]);
    for (const url of reached) {
      const module = this.#read(url, reached.size === 1);
      if (module === null) continue;
      if (isTypeScript(url)) sources[url] = module.source;
      for (const imported of module.imports) reached.add(imported);
    }
    return sources;
  }

  /** Compiles a TypeScript file and its relative imports. @returns path of the JavaScript to run */
  scriptFor(file: string): string {
    const url = pathToFileURL(file).href;
    const source = this.#read(url, true)?.source ?? '';
    const script = source.replace(RELATIVE_IMPORT, (all: string, _quote, specifier: string) => {
      const imported = this.scriptFor(fileURLToPath(new URL(specifier, url)));
      return all.replace(specifier, `./${basename(imported)}`);
    });
    return this.#write(script, 'mjs');
  }

  #read(url: string, required: boolean): Module | null {
    const path = fileURLToPath(url);
    const stat = statSync(path, { throwIfNoEntry: required });
    if (stat === undefined || !stat.isFile()) return null;
    const known = this.#modules.get(url);
    if (known?.mtimeMs === stat.mtimeMs && known.size === stat.size) return known;
    const text = readFileSync(path, 'utf8');
    const source = isTypeScript(url) ? this.#javaScriptOf(text, path) : text;
    const imports = [...source.matchAll(RELATIVE_IMPORT)].map(
      ([, , specifier = '']) => new URL(specifier, url).href,
    );
    const module = { mtimeMs: stat.mtimeMs, size: stat.size, source, imports };
    this.#modules.set(url, module);
    return module;
  }

  /** Takes the result of an earlier run if there is one. */
  #javaScriptOf(text: string, path: string): string {
    const kept = join(this.folder, `${hashOf(process.version + text)}.js`);
    try {
      return readFileSync(kept, 'utf8');
    } catch {
      const source = strip(text, path);
      this.#put(kept, source);
      return source;
    }
  }

  #write(content: string, extension: string): string {
    const path = join(this.folder, `${hashOf(content)}.${extension}`);
    if (!this.#written.has(path) || !existsSync(path)) this.#put(path, content);
    this.#written.add(path);
    return path;
  }

  #put(path: string, content: string): void {
    // Renamed into place, since another process may be reading it.
    const draft = `${path}.${process.pid}`;
    inOwnFolder(this.folder, () => {
      writeFileSync(draft, content);
      renameSync(draft, path);
    });
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function isTypeScript(url: string): boolean {
  return url.endsWith('.ts') || url.endsWith('.mts');
}

function strip(source: string, path: string): string {
  // Hides Node's warning that this is a release candidate; a reader can do nothing about it.
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source, { mode: 'strip' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${path} cannot be read as TypeScript: ${reason}. Expected types that can simply be left out (no enum, no namespace, no parameter properties).`,
      { cause: error },
    );
  } finally {
    process.emitWarning = emitWarning;
  }
}

function writable(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.writable'), '');
    return folder;
  } catch {
    return null;
  }
}
