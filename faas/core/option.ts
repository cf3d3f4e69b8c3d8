/**
 * Options are declared once, with meaning, unit, range, default and source. The command line, HTTP
 * bodies, scenarios, JSON Schemas and pages all derive their texts and checks from the declaration.
 */

interface Declared<Value> {
  /** A few words for a help page. */
  readonly meaning: string;
  /** Used when the option is left out. With neither this nor `otherwise`, the option is required. */
  readonly default?: Value;
  /** The default in words, where it depends on something else: `containerConcurrency, or 100`. */
  readonly otherwise?: string;
  /** Where range and default come from. @default our own choice */
  readonly source?: string;
}

interface Range {
  /** Lower bound; -Infinity for none. */
  readonly least: number;
  /** Upper bound. @default none */
  readonly most?: number;
  /** Also accepts `"unlimited"` for Infinity, which JSON and command lines cannot express. */
  readonly orUnlimited?: boolean;
  /** One further accepted value outside the range, and its meaning. */
  readonly also?: { readonly value: number; readonly means: string } | null;
}

/** An option whose value is a number within a range. */
export interface NumberOption extends Declared<number>, Range {
  readonly type: 'number';
  /** Unit of the value: `ms`, `instances`. @default none, a plain number */
  readonly unit?: string;
  readonly isWhole?: boolean;
  /** The range excludes `least`. */
  readonly isAbove?: boolean;
  /** The range excludes `most`. */
  readonly isBelow?: boolean;
  /** The value must be a whole multiple of this. */
  readonly step?: number;
  /**
   * Other options that it must not be below when both are given. When it is left out, its default is
   * raised to them.
   */
  readonly notBelow?: readonly string[];
  /** The range where instances are real processes or workers, as far as it differs. */
  readonly real?: Partial<Range>;
}

/** An option that is on or off. */
export interface FlagOption extends Declared<boolean> {
  readonly type: 'flag';
}

/** An option that takes one of a fixed set of words. */
export interface ChoiceOption extends Declared<string> {
  readonly type: 'choice';
  readonly of: readonly string[];
}

/** An option that takes a list of at least one number. */
export interface ListOption extends Declared<readonly number[]> {
  readonly type: 'list';
  /** The declaration that every element must satisfy. */
  readonly of: NumberOption;
}

/** An option that takes any text. */
export interface TextOption extends Declared<string> {
  readonly type: 'text';
}

/** The declaration of one option, told apart by `type`. */
export type Option = NumberOption | FlagOption | ChoiceOption | ListOption | TextOption;

/** Options by name. */
export type OptionTable = Readonly<Record<string, Option>>;

/** Where an option is given: to a model alone, or to a platform with real instances. */
export type Setting = 'model' | 'real';

/** The TypeScript type of an option's value. */
export type ValueOf<O> = O extends { readonly type: 'number' }
  ? number
  : O extends { readonly type: 'flag' }
    ? boolean
    : O extends { readonly type: 'choice'; readonly of: readonly (infer Choice)[] }
      ? Choice
      : O extends { readonly type: 'list' }
        ? readonly number[]
        : string;

type NeedlessOf<D> = {
  [Name in keyof D]: D[Name] extends { readonly default: unknown } | { readonly otherwise: string }
    ? Name
    : never;
}[keyof D];

/** Options as input: those with a default can be left out. */
export type Given<D> = { readonly [Name in keyof Pick<D, NeedlessOf<D>>]?: ValueOf<D[Name]> } & {
  readonly [Name in keyof Omit<D, NeedlessOf<D>>]: ValueOf<D[Name]>;
};

/** One of several kinds of a thing, told apart by `is`, each with options of its own. */
export type OneOf<Kinds extends Readonly<Record<string, OptionTable>>> = {
  [Kind in keyof Kinds]: { readonly is: Kind } & Given<Kinds[Kind]>;
}[keyof Kinds];

/** Options with defaults filled in; undefined where the default depends on something else. */
export type Filled<D> = {
  readonly [Name in keyof D]: D[Name] extends { readonly otherwise: string }
    ? ValueOf<D[Name]> | undefined
    : ValueOf<D[Name]>;
};

const UNLIMITED = 'unlimited';

/**
 * Whether a value is within an option's type and range.
 *
 * @param value in its internal form: Infinity, not `"unlimited"`
 */
export function allows(option: Option, value: unknown, setting: Setting = 'model'): boolean {
  switch (option.type) {
    case 'flag':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string';
    case 'choice':
      return option.of.some((choice) => choice === value);
    case 'list':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((each) => allows(option.of, each, setting))
      );
    case 'number':
      return typeof value === 'number' && allowsNumber(inSetting(option, setting), value);
  }
}

function allowsNumber(option: NumberOption, value: number): boolean {
  const { least, most = Infinity, isWhole, isAbove, isBelow, step, also, orUnlimited } = option;
  if (value === also?.value) return true;
  if (value === Infinity) return orUnlimited === true;
  if (!(value >= least && value <= most)) return false;
  if ((isAbove && value === least) || (isBelow && value === most)) return false;
  return (!isWhole || Number.isInteger(value)) && (step === undefined || value % step === 0);
}

/** Describes the accepted values, with unit and range: `a whole number from 1 to 1000 instances`. */
export function expected(option: Option, setting: Setting = 'model'): string {
  switch (option.type) {
    case 'flag':
      return 'true or false';
    case 'text':
      return 'text';
    case 'choice':
      return option.of.map((choice) => JSON.stringify(choice)).join(' or ');
    case 'list':
      return `a list, not empty, each ${expected(option.of, setting)}`;
    case 'number': {
      const { unit, isWhole, step, also, orUnlimited } = inSetting(option, setting);
      const parts = [
        `${isWhole ? 'a whole number' : 'a number'}${rangeText(inSetting(option, setting))}${unit === undefined ? '' : ` ${unit}`}`,
        step === undefined ? '' : `, a multiple of ${step}`,
        also ? `, or ${also.value} (${also.means})` : '',
        orUnlimited ? `, or "${UNLIMITED}"` : '',
      ];
      return parts.join('');
    }
  }
}

function rangeText({ least, most, isAbove, isBelow }: NumberOption): string {
  if (least === -Infinity) return most === undefined ? '' : ` ≤ ${most}`;
  if (most === undefined) return isAbove ? ` > ${least}` : ` ≥ ${least}`;
  if (isAbove) return ` > ${least} and ${isBelow ? '<' : '≤'} ${most}`;
  return isBelow ? ` ≥ ${least} and < ${most}` : ` from ${least} to ${most}`;
}

function inSetting(option: NumberOption, setting: Setting): NumberOption {
  return setting === 'real' ? { ...option, ...option.real } : option;
}

/**
 * The error message for an invalid value: what came, what was expected, and the cure.
 *
 * @param subject the option as the reader writes it: `--port`, `"times"`
 * @param value undefined when it is missing
 */
export function refusal(
  subject: string,
  option: Option,
  value: unknown,
  setting: Setting = 'model',
): string {
  const came = value === undefined ? 'missing' : asMessageText(value);
  const without = defaultText(option);
  const cure = without === null || value === undefined ? '' : `; leave it out for ${without}`;
  return `${subject} is ${came}. Expected ${expected(option, setting)}${cure}.`;
}

/** The default as a reader would write it; null when the option has to be given. */
export function defaultText(option: Option): string | null {
  if (option.otherwise !== undefined) return option.otherwise;
  return option.default === undefined ? null : shownPlainly(option.default);
}

/** A value as error messages show it. */
export function asMessageText(value: unknown): string {
  return JSON.stringify(value === Infinity ? UNLIMITED : value) ?? String(value);
}

function shownPlainly(value: unknown): string {
  return value === Infinity ? UNLIMITED : typeof value === 'string' ? value : asMessageText(value);
}

/** How `readOptions` names options in its messages, and which ranges apply. */
export interface OptionReading {
  /** The owner of the options, for messages: `The policy kpa`. */
  readonly of: string;
  /** How messages write an option's name. @default the name in quotes, as in JSON */
  readonly subject?: (name: string) => string;
  /** @default 'model' */
  readonly setting?: Setting;
}

/**
 * Checks options that came from outside and converts them to their internal form.
 *
 * @param given as parsed from JSON: `"unlimited"` for Infinity
 * @throws RangeError for the first option that is unknown, missing or invalid
 */
export function readOptions<D extends OptionTable>(
  declared: D,
  given: Readonly<Record<string, unknown>>,
  { of, subject = (name) => `"${name}"`, setting = 'model' }: OptionReading,
): Given<D> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) {
    const names = Object.keys(declared).join(', ');
    throw new RangeError(
      `${of} has no option "${unknown}". ${names === '' ? 'It has none' : `Its options: ${names}`}.`,
    );
  }
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(declared)) {
    const value = inUse(given[name]);
    if (value === undefined && defaultText(option) !== null) continue;
    if (!allows(option, value, setting)) {
      throw new RangeError(refusal(subject(name), option, given[name], setting));
    }
    values[name] = value;
  }
  return values as Given<D>;
}

/** Converts `"unlimited"` to Infinity and returns any other value unchanged. */
export function inUse(value: unknown): unknown {
  return value === UNLIMITED ? Infinity : value;
}

/** Converts text from a command line, a variable or a form to the value JSON would hold. */
export function fromText(option: Option, text: string): unknown {
  if (option.type === 'flag' && (text === 'true' || text === 'false')) return text === 'true';
  if (option.type === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

/**
 * Fills in defaults and checks every value.
 *
 * @param of the owner of the options, for messages: `kpa`
 * @param given other properties are ignored
 * @throws RangeError for the first invalid value
 */
export function settle<D extends OptionTable>(of: string, declared: D, given: Given<D>): Filled<D> {
  const values: Readonly<Record<string, unknown>> = given;
  const settled = Object.entries(declared).map(([name, option]) => {
    const value = values[name];
    if (value === undefined) return [name, defaultBeside(option, values)];
    if (allows(option, value)) return [name, value];
    throw new RangeError(refusal(`The option ${name} of ${of}`, option, value));
  });
  const conflict = conflictIn(declared, values);
  if (conflict === null) return Object.fromEntries(settled) as Filled<D>;
  const { name, expected: wanted, cure } = conflict;
  throw new RangeError(
    `The option ${name} of ${of} is ${asMessageText(values[name])}. Expected ${wanted}; ${cure}.`,
  );
}

/** Two options that are valid alone but not together. */
export interface Conflict {
  readonly name: string;
  readonly expected: string;
  readonly cure: string;
}

/** The first option that is valid alone but conflicts with another; null when there is none. */
export function conflictIn(
  declared: OptionTable,
  values: Readonly<Record<string, unknown>>,
): Conflict | null {
  for (const [name, option] of Object.entries(declared)) {
    if (option.type !== 'number' || values[name] === option.also?.value) continue;
    const other = option.notBelow?.find((each) => Number(values[each]) > Number(values[name]));
    if (other === undefined) continue;
    const wanted = `at least ${other}, which is ${asMessageText(values[other])}`;
    return { name, expected: wanted, cure: `raise it, or lower ${other}` };
  }
  return null;
}

function defaultBeside(option: Option, values: Readonly<Record<string, unknown>>): unknown {
  if (option.type !== 'number' || option.default === undefined) return option.default;
  const others = (option.notBelow ?? []).map((name) => Number(values[name] ?? -Infinity));
  return Math.max(option.default, ...others);
}
