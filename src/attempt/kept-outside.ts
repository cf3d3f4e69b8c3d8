/**
 * A variable outside of all functions that a function still writes: code which passes with one is right
 * by the order in which things happen, and not by itself.
 */

import { parser } from '@lezer/javascript';

const typescript = parser.configure({ dialect: 'ts' });

/** The first such variable. Null when there is none, and when an inner one has its name. */
export function keptOutside(code: string): string | null {
  const outside = new Set<string>();
  const inside = new Set<string>();
  const written: string[] = [];
  const text = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    code.slice(from, to);
  typescript.parse(code).iterate({
    enter: ({ name, node }) => {
      if (name === 'VariableDefinition') {
        const declaration = node.parent?.name === 'VariableDeclaration' ? node.parent : null;
        const around = declaration?.parent?.name;
        const isOutside = around === 'Script' || around === 'ExportDeclaration';
        const isFixed = (declaration?.getChild('const') ?? null) !== null;
        if (!isOutside) inside.add(text(node));
        else if (!isFixed) outside.add(text(node));
      } else if (WRITES.has(name)) {
        const target = node.getChild('VariableName');
        if (target !== null && (name !== 'UnaryExpression' || /^(\+\+|--)/.test(text(node)))) {
          written.push(text(target));
        }
      }
    },
  });
  return written.find((name) => outside.has(name) && !inside.has(name)) ?? null;
}

/** `a = b`, `a += b`, `a++` and `++a`, by their names in the grammar. */
const WRITES = new Set(['AssignmentExpression', 'PostfixExpression', 'UnaryExpression']);
