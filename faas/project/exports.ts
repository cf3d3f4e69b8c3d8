/** Finds the names that a module exports by parsing it, without running it. */

import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { parse, type ModuleDeclaration, type Pattern, type Program } from 'acorn';

/**
 * Names exported by a `.ts`, `.js` or `.mjs` file, including `default` and those of re-exported
 * files (`export * from './x.ts'`).
 *
 * @param seen receives this file and those it re-exports, also where they are missing
 * @throws SyntaxError with the line, where the file is not JavaScript with erasable types
 */
export function exportsOf(file: string, seen = new Set<string>()): Set<string> {
  seen.add(file);
  const names = new Set<string>();
  for (const node of programOf(file).body) {
    if (node.type === 'ExportDefaultDeclaration') names.add('default');
    if (node.type === 'ExportNamedDeclaration') addNamed(names, node);
    if (node.type !== 'ExportAllDeclaration') continue;
    if (node.exported !== null && node.exported !== undefined) {
      names.add(nameOf(node.exported));
      continue;
    }
    const from = join(dirname(file), String(node.source.value));
    if (seen.has(from)) continue;
    seen.add(from);
    if (!existsSync(from)) continue;
    for (const name of exportsOf(from, seen)) if (name !== 'default') names.add(name);
  }
  return names;
}

/** A file's text, without the byte order mark that some editors write. */
export function textOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

function programOf(file: string): Program {
  const text = textOf(file);
  const code = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
}

function addNamed(
  names: Set<string>,
  node: Extract<ModuleDeclaration, { type: 'ExportNamedDeclaration' }>,
): void {
  for (const { exported } of node.specifiers) names.add(nameOf(exported));
  const { declaration } = node;
  if (declaration === null || declaration === undefined) return;
  if (declaration.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) addPattern(names, id);
  } else {
    names.add(declaration.id.name);
  }
}

/** `{ GET, POST: other, ...rest }`, `[a, b = 1]`: every name that it binds. */
function addPattern(names: Set<string>, pattern: Pattern | null): void {
  if (pattern === null) return;
  if (pattern.type === 'Identifier') names.add(pattern.name);
  else if (pattern.type === 'RestElement') addPattern(names, pattern.argument);
  else if (pattern.type === 'AssignmentPattern') addPattern(names, pattern.left);
  else if (pattern.type === 'ArrayPattern') {
    for (const element of pattern.elements) addPattern(names, element);
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      addPattern(names, property.type === 'RestElement' ? property : property.value);
    }
  }
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}
