/** The names that a piece of code uses and does not bind. */

import { parseExpressionAt, type Node } from 'acorn';

/** Empty for code that is not a plain expression; running it reports what is wrong. */
export function freeNames(code: string): string[] {
  const bound = new Set<string>();
  const used: string[] = [];
  try {
    visit(parseExpressionAt(`(${code}\n)`, 0, { ecmaVersion: 'latest' }), used, bound);
  } catch {
    return [];
  }
  return used.filter((name) => !bound.has(name));
}

type Fields = Node & Readonly<Record<string, unknown>>;

function visit(node: Node, used: string[], bound: Set<string>): void {
  const fields = node as Fields;
  if (node.type === 'Identifier') used.push(String(fields['name']));
  if (/Function/.test(node.type)) {
    const names: string[] = [];
    for (const parameter of fields['params'] as Node[]) visit(parameter, names, bound);
    for (const name of names) bound.add(name);
  }
  for (const [key, value] of Object.entries(fields)) {
    // `a.b` uses `a` alone, and so does `{ b: a }`.
    const isName = (key === 'property' || key === 'key') && fields['computed'] !== true;
    if (isName || key === 'params') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, used, bound);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
