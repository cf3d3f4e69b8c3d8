/**
 * What a component takes, read from the `interface Props` in its `.astro` file: so the check knows
 * every attribute an author may write without a second list to keep.
 */

/** One attribute that a component takes. */
export interface Prop {
  readonly name: string;
  readonly required: boolean;
  /** As written: `'note' | 'try'`, `number`. */
  readonly type: string;
  /** The strings it may be, when its type is a union of them. */
  readonly choices: readonly string[] | undefined;
}

/** @returns undefined when the component declares no `interface Props`, or extends another type */
export function readProps(astro: string): readonly Prop[] | undefined {
  const script = /^---\r?\n(.*?)^---/ms.exec(astro)?.[1] ?? '';
  const source = withoutComments(script);
  const open = /\binterface Props\s*\{/.exec(source);
  if (open === null) return undefined;
  return members(source.slice(open.index + open[0].length)).flatMap((member) => {
    const [, name, optional, type = ''] =
      /^(?:readonly\s+)?['"]?([\w-]+)['"]?(\??)\s*:\s*(.+)$/s.exec(member) ?? [];
    if (name === undefined) return [];
    return [{ name, required: optional === '', type: type.trim(), choices: choices(type, source) }];
  });
}

function withoutComments(source: string): string {
  return source.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The members of the interface whose `{` has just been read. */
function members(source: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let member = '';
  for (const char of source) {
    if (depth === 0 && char === '}') break;
    if ('{[(<'.includes(char)) depth++;
    if ('}])>'.includes(char)) depth--;
    if (depth === 0 && char === ';') {
      found.push(member.trim());
      member = '';
    } else member += char;
  }
  return [...found, member.trim()].filter((one) => one !== '');
}

function choices(type: string, source: string): string[] | undefined {
  const alias = /^\s*(\w+)\s*$/.exec(type)?.[1];
  const declared = new RegExp(`\\btype ${alias ?? ''}\\s*=\\s*([^;]+)`).exec(source)?.[1];
  const union = declared ?? type;
  const literals = [...union.matchAll(/'([^']*)'/g)].map((literal) => literal[1] ?? '');
  return literals.length > 0 && /^[\s|']+$/.test(union.replace(/'[^']*'/g, "'"))
    ? literals
    : undefined;
}
