/**
 * A value as `console.log` of Node prints it, so that a function's lines are the same in a tab and on a
 * server. Kinds that a browser cannot look into are printed by their JSON.
 */

/** Node's: deeper objects are named and not shown. */
const DEEPEST = 2;
/** Node's: what is longer than a line is broken into several. In characters. */
const LINE = 80;
/** Node's: how many levels one line can hold. */
const LEVELS_IN_LINE = 3;

interface Written {
  readonly text: string;
  /** Levels of objects in it. */
  readonly levels: number;
}

/** An argument of `console.log`: a text is printed as it is. */
export function printedValue(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return written(value, 0, 0, []).text;
  } catch {
    return String(value);
  }
}

function written(value: unknown, depth: number, indent: number, above: readonly object[]): Written {
  const leaf = (text: string): Written => ({ text, levels: 0 });
  if (typeof value === 'string') return leaf(quoted(value));
  if (typeof value === 'bigint') return leaf(`${value}n`);
  if (typeof value === 'function') return leaf(`[Function${value.name && `: ${value.name}`}]`);
  if (Object.is(value, -0)) return leaf('-0');
  if (typeof value !== 'object' || value === null) return leaf(String(value));
  if (value instanceof Error) return leaf(value.stack ?? value.message);
  if (above.includes(value)) return leaf('[Circular *1]');
  const isList = Array.isArray(value);
  const isPlain = isList || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return leaf(JSON.stringify(value, null, 2) ?? String(value));
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (Object.keys(value).length === 0) return leaf(open + close);
  if (depth > DEEPEST) return leaf(isList ? '[Array]' : '[Object]');
  const inner = Object.entries(value).map(([key, one]) => {
    const { text, levels } = written(one, depth + 1, indent + 2, [...above, value]);
    return { text: isList ? text : `${named(key)}: ${text}`, levels };
  });
  const parts = inner.map(({ text }) => text);
  const levels = 1 + Math.max(...inner.map((one) => one.levels));
  const length = parts.join('').length + 2 * parts.length + indent + open.length + 10;
  const isLine = levels <= LEVELS_IN_LINE && length <= LINE && !parts.join('').includes('\n');
  if (isLine) return { text: `${open} ${parts.join(', ')} ${close}`, levels };
  const space = ' '.repeat(indent);
  return { text: `${open}\n${space}  ${parts.join(`,\n${space}  `)}\n${space}${close}`, levels };
}

function named(key: string): string {
  return /^[a-zA-Z_]\w*$/.test(key) ? key : quoted(key);
}

/** With the quotes that need no escape, as Node chooses them. */
function quoted(text: string): string {
  const mark = ["'", '"', '`'].find((one) => !text.includes(one)) ?? "'";
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return mark + (mark === "'" ? inside.replaceAll("'", "\\'") : inside) + mark;
}
