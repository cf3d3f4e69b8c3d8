/**
 * Links between Postgres's libraries. npm's archives hold none, and the install script of the package
 * that would make them is often not run.
 */

import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the links that are listed, and those that follow from the names of versioned libraries.
 *
 * @param folder of the package
 * @throws with the cure when they cannot be made
 */
export function makeLibraryLinks(folder: string): void {
  if (process.platform === 'win32') return;
  const lib = join(folder, 'native/lib');
  const wanted = new Map([...derivedLinks(readdirSync(lib)), ...listedLinks(folder)]);
  try {
    for (const [link, target] of wanted) {
      if (!existsSync(join(lib, link)) && existsSync(join(lib, target))) {
        symlinkSync(target, join(lib, link));
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new Error(
      `Postgres needs links between its libraries, and ${lib} cannot be written (${(error as Error).message}). Run "npm ci" as the user who owns that folder.`,
      { cause: error },
    );
  }
}

/** `libpq.so.5.18` → `libpq.so.5`, `libpq.so`; `libpq.5.18.dylib` → `libpq.5.dylib`, `libpq.dylib` */
export function derivedLinks(files: readonly string[]): [link: string, target: string][] {
  return files.flatMap((file): [string, string][] => {
    const [, name, major] =
      /^(.+\.so)\.(\d+)\.[\d.]+$/.exec(file) ?? /^(.+?)\.(\d+)\.[\d.]+\.dylib$/.exec(file) ?? [];
    if (name === undefined) return [];
    return file.endsWith('.dylib')
      ? [
          [`${name}.${major}.dylib`, file],
          [`${name}.dylib`, file],
        ]
      : [
          [`${name}.${major}`, file],
          [name, file],
        ];
  });
}

function listedLinks(folder: string): [link: string, target: string][] {
  const file = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(file)) return [];
  const listed = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[];
  const prefix = 'native/lib/';
  return listed
    .filter(({ source, target }) => source.startsWith(prefix) && target.startsWith(prefix))
    .filter(({ target }) => !target.slice(prefix.length).includes('/'))
    .map(({ source, target }) => [target.slice(prefix.length), source.slice(prefix.length)]);
}
