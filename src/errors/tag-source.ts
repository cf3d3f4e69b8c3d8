/**
 * Where the attributes of a tag stand in its source. The Markdown parser gives the place of a tag but
 * not of its attributes, and an author wants the line of the wrong one.
 */

/** One attribute of a tag, as it is written. */
export interface Attribute {
  readonly name: string;
  /** Text of a quoted value or of a string literal in braces; `undefined` for any other expression. */
  readonly text: string | undefined;
  /** Source in braces, without them; `undefined` for a quoted value or none. */
  readonly expression: string | undefined;
  /** Offset of the name. */
  readonly start: number;
  /** Offset of the value's first character inside its quotes or braces; of the name without a value. */
  readonly valueStart: number;
}

/** What stands in an opening tag. */
export interface TagSource {
  readonly attributes: readonly Attribute[];
  /** Whether `{...props}` stands in it: then what is missing cannot be known. */
  readonly spreads: boolean;
}

/** Reads the opening tag that starts at `start` (at its `<`). Never throws: it stops at what it cannot read. */
export function readTag(source: string, start: number): TagSource {
  const attributes: Attribute[] = [];
  let spreads = false;
  let at = skip(/<[\w.:-]*/y, source, start);
  for (;;) {
    at = skip(/\s*/y, source, at);
    if (source[at] === '{') {
      spreads = true;
      at = closing(source, at) + 1;
      continue;
    }
    const nameEnd = skip(/[^\s=/>{}"']+/y, source, at);
    if (nameEnd === at) return { attributes, spreads };
    const name = source.slice(at, nameEnd);
    const equals = skip(/\s*=\s*/y, source, nameEnd);
    if (equals === nameEnd) {
      attributes.push({ name, text: undefined, expression: 'true', start: at, valueStart: at });
      at = nameEnd;
      continue;
    }
    const attribute = readValue(source, name, at, equals);
    attributes.push(attribute.value);
    at = attribute.end;
  }
}

function readValue(
  source: string,
  name: string,
  start: number,
  at: number,
): { value: Attribute; end: number } {
  const valueStart = at + 1;
  if (source[at] === '{') {
    const close = closing(source, at);
    const expression = source.slice(valueStart, close);
    const literal = /^\s*(?:"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`)\s*$/.exec(expression);
    const text = literal?.[1] ?? literal?.[2] ?? literal?.[3];
    return { value: { name, text, expression, start, valueStart }, end: close + 1 };
  }
  const quote = source[at] ?? '';
  const close = quote === '"' || quote === "'" ? source.indexOf(quote, valueStart) : -1;
  const end = close === -1 ? source.length : close;
  const text = source.slice(valueStart, end);
  return { value: { name, text, expression: undefined, start, valueStart }, end: end + 1 };
}

/** Offset of the brace that closes the one at `open`; strings and templates may hold braces. */
function closing(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at;
    else if (char === '"' || char === "'" || char === '`') at = endOfString(source, at);
  }
  return source.length;
}

function endOfString(source: string, open: number): number {
  for (let at = open + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === source[open]) return at;
  }
  return source.length;
}

function skip(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : at;
}
