/**
 * Variants of a lab: values drawn from a seed, so that a class gets a version of its own. In code a
 * value stands as the literal of a line that ends in the comment `parameter: name`, in TypeScript and
 * Python alike; start, solution and mutants follow from that line, and checks are handed the values.
 */

/** What a value may be: one of some, or a whole number in a range. */
export type Parameter =
  { readonly oneOf: readonly (string | number)[] } | { readonly from: number; readonly to: number };

/** Values by name. */
export type ParameterValues = Readonly<Record<string, string | number>>;

const LINE =
  /^(.*?[=:] *)("[^"\n]*"|'[^'\n]*'|-?[\d_.]+)([;,]?\s*(?:\/\/|#) parameter: (\w+)\s*)$/gm;

/** The values that stand in the code itself: those without a seed. */
export function writtenParameters(source: string): ParameterValues {
  return Object.fromEntries(
    [...source.matchAll(LINE)].map(([, , literal = '', , name = '']) => [name, valueOf(literal)]),
  );
}

/**
 * The values that a reader's code is held to without a seed: its own, since it may have been started
 * with a seed, and those of the start where it has lost the line.
 */
export function parametersOf(start: string, code: string): ParameterValues {
  return { ...writtenParameters(start), ...writtenParameters(code) };
}

/** The code with these values in place of its own. */
export function withParameters(source: string, values: ParameterValues): string {
  return source.replace(
    LINE,
    (all, before: string, literal: string, after: string, name: string) => {
      const value = values[name];
      if (value === undefined) return all;
      const quote = literal.startsWith('"') ? '"' : "'";
      return before + (typeof value === 'number' ? String(value) : quote + value + quote) + after;
    },
  );
}

/** A text with `{name}` replaced by the value; a name that is no parameter is left as it is. */
export function filledIn(text: string, values: ParameterValues): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}

/** Values for a seed, the same on every machine. */
export function drawParameters(
  parameters: Readonly<Record<string, Parameter>>,
  seed: string,
): ParameterValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const number = hashOf(`${seed}/${name}`);
      if ('oneOf' in parameter) {
        const { oneOf } = parameter;
        return [name, oneOf[number % oneOf.length] as string | number];
      }
      return [name, parameter.from + (number % (parameter.to - parameter.from + 1))];
    }),
  );
}

function valueOf(literal: string): string | number {
  return /^["']/.test(literal) ? literal.slice(1, -1) : Number(literal.replaceAll('_', ''));
}

/** FNV-1a, 32 bits, stirred once more so that similar seeds differ in their low bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of text) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
