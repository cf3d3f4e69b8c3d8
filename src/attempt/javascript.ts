/**
 * A reader's TypeScript as JavaScript: its types are taken away and nothing else is changed, as Node
 * does it in the terminal, so that the same code runs in both. What Node would refuse is refused.
 */

import { parser } from '@lezer/javascript';
import { transform } from 'sucrase';

/** A mistake that stops the code from being run at all. */
export interface CodeFault {
  /** From 1. */
  readonly line: number;
  /** A sentence to the reader. */
  readonly message: string;
}

/** The code as one module, or why there is none. */
export type Stripped = { readonly code: string } | { readonly fault: CodeFault };

const typescript = parser.configure({ dialect: 'ts' });

/** What is no type, and so cannot be taken away: by its name in the grammar. */
const REFUSED: Readonly<Record<string, string>> = {
  EnumDeclaration:
    'An enum is not only a type: it would have to be turned into code. Use an object, or a union of texts: "a" | "b".',
  NamespaceDeclaration:
    'A namespace would have to be turned into code. Put its functions into the file itself.',
  Decorator: 'A decorator is not part of JavaScript yet, and is not taken here.',
};

/**
 * The lines of the code stay where they are.
 *
 * @param importable what the code may import, such as `./bill.ts` @default nothing
 */
export function toJavaScript(code: string, importable: readonly string[] = []): Stripped {
  const refused = refusalIn(code, importable);
  if (refused !== null) return { fault: refused };
  try {
    const { code: stripped } = transform(code, {
      transforms: ['typescript'],
      // As Node strips types: an import that is used only as a type stays.
      keepUnusedImports: true,
      disableESTransforms: true,
      production: true,
    });
    return { code: stripped };
  } catch (error) {
    return { fault: syntaxFault(code) ?? { line: 1, message: String(error) } };
  }
}

/** Why Node cannot take the types away; null when it can. It can import whatever there is. */
export function stripFault(code: string): CodeFault | null {
  const all = importsIn(code).map(({ specifier }) => specifier);
  return syntaxFault(code) ?? refusalIn(code, all);
}

/** The first place where the grammar breaks; null where it finds none. */
export function syntaxFault(code: string): CodeFault | null {
  let at: number | null = null;
  typescript.parse(code).iterate({
    enter: ({ type, from }) => {
      if (type.isError && at === null) at = from;
      return at === null;
    },
  });
  return at === null ? null : { line: lineAt(code, at), message: brokenAt(code, at) };
}

function brokenAt(code: string, at: number): string {
  const left = unclosed(code);
  if (code.slice(at).trim() === '' && left !== null) {
    return `The code ends, and the ${left.bracket} of line ${left.line} is still open.`;
  }
  const rest = code.slice(at).trimStart().split('\n', 1)[0] ?? '';
  const found = /^([\w$]+|"[^"]*"?|'[^']*'?|.)/u.exec(rest)?.[0];
  if (found === undefined) return 'The code ends too early here.';
  return `This line cannot be read from ${found} on. Look for a comma, a quote or a bracket that is missing, here or in the line before.`;
}

/** The innermost bracket that is never closed; texts and comments are passed over roughly. */
function unclosed(code: string): { readonly bracket: string; readonly line: number } | null {
  const plain = code.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"[^"\n]*"|'[^'\n]*'|`[^`]*`/g, (text) =>
    text.replace(/[^\n]/g, ' '),
  );
  const open: { bracket: string; line: number }[] = [];
  [...plain].forEach((character, at) => {
    if ('({['.includes(character)) open.push({ bracket: character, line: lineAt(plain, at) });
    else if (')}]'.includes(character)) open.pop();
  });
  return open.at(-1) ?? null;
}

/** An import of a piece of code, and where it stands. */
export interface ImportedModule {
  /** As it is written, without its quotes: `./bill.ts`. */
  readonly specifier: string;
  /** What it imports: `{ bill as total }`, `* as lab`, or nothing. */
  readonly clause: string;
  readonly from: number;
  readonly to: number;
}

/** The imports of a module, types left out. @param code TypeScript or JavaScript */
export function importsIn(code: string): ImportedModule[] {
  const found: ImportedModule[] = [];
  typescript.parse(code).iterate({
    enter: ({ name, from, to, node }) => {
      if (name !== 'ImportDeclaration') return true;
      const text = node.getChild('String');
      if (text !== null && !isOfTypes(code.slice(from, to))) {
        const specifier = code.slice(text.from + 1, text.to - 1);
        const clause = code.slice(from + 'import'.length, text.from).replace(/\bfrom\s*$/, '');
        found.push({ specifier, clause: clause.trim(), from, to });
      }
      return false;
    },
  });
  return found;
}

/**
 * A module whose imports are taken out of a value instead: `const { bill } = …`. WebKit does not load
 * a blob that a blob imports. The lines of the code stay where they are.
 *
 * @param valueOf an expression for all that the module of this specifier exports
 */
export function withoutImports(code: string, valueOf: (specifier: string) => string): string {
  let rest = code;
  for (const { specifier, clause, from, to } of importsIn(code).reverse()) {
    const lines = code.slice(from, to).split('\n').length - clause.split('\n').length;
    const taken = clause === '' ? '' : `const ${patternOf(clause)} = ${valueOf(specifier)};`;
    rest = rest.slice(0, from) + taken + '\n'.repeat(lines) + rest.slice(to);
  }
  return rest;
}

/** `{ bill as total }` → `{ bill : total }`, `* as lab` → `lab`, `bill` → `{ default: bill }` */
function patternOf(clause: string): string {
  if (clause.startsWith('*')) return clause.replace(/^\*\s*as\s+/, '');
  return clause.startsWith('{') ? clause.replace(/\bas\b/g, ':') : `{ default: ${clause} }`;
}

function isOfTypes(declaration: string): boolean {
  return /^import\s+type\b/.test(declaration);
}

function refusalIn(code: string, importable: readonly string[]): CodeFault | null {
  const strange = importsIn(code).find(({ specifier }) => !importable.includes(specifier));
  if (strange !== undefined) {
    return { line: lineAt(code, strange.from), message: importRefusal(importable) };
  }
  let found: CodeFault | null = null;
  typescript.parse(code).iterate({
    enter: ({ name, from, to, node }) => {
      if (found !== null) return false;
      const reason = REFUSED[name];
      if (reason !== undefined) found = { line: lineAt(code, from), message: reason };
      if (name === 'Privacy' && node.parent?.name === 'ParamList') {
        found = {
          line: lineAt(code, from),
          message: `A parameter with ${code.slice(from, to)} would have to be turned into code. Write the field, and set it in the constructor.`,
        };
      }
      return found === null;
    },
  });
  return found;
}

function importRefusal(importable: readonly string[]): string {
  return importable.length === 0
    ? 'A lab is one file, and nothing can be imported in this tab. Write what you need into this file.'
    : `Only ${importable.join(', ')} can be imported in this lab. Write what else you need into this file.`;
}

function lineAt(code: string, at: number): number {
  return code.slice(0, at).split('\n').length;
}
