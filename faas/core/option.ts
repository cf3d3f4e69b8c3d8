/**
 * An option, declared once: what it means, its unit, its range, its default and its source. What a
 * command line, an HTTP body, a scenario, its JSON Schema and a page say and refuse is made of that.
 */

interface Declared<Value> {
  /** In a few words, as a help page has it. */
  readonly meaning: string;
  /** Holds when the option is left out. Without it and `otherwise` the option has to be given. */
  readonly default?: Value;
  /** The default in words, where it depends on something else: `containerConcurrency, or 100`. */
  readonly otherwise?: string;
  /** Where range and default come from. @default our own choice */
  readonly source?: string;
}

interface Range {
  /** -Infinity: no beginning. */
  readonly least: number;
  /** @default no end */
  readonly most?: number;
  /** `"unlimited"` is right as well, and means Infinity, which neither JSON nor a command line has. */
  readonly orUnlimited?: boolean;
  /** One more that is right, outside the range, and what it means. */
  readonly also?: { readonly value: number; readonly means: string } | null;
}

export interface NumberOption extends Declared<number>, Range {
  readonly type: 'number';
  /** What is counted or measured: `ms`, `instances`. @default a plain number */
  readonly unit?: string;
  readonly isWhole?: boolean;
  /** `least` itself is not right. */
  readonly isAbove?: boolean;
  /** `most` itself is not right. */
  readonly isBelow?: boolean;
  /** Only whole multiples of it. */
  readonly step?: number;
  /**
   * Other options that it must not be below when both are given. When it is left out, its default is
   * raised to them.
   */
  readonly notBelow?: readonly string[];
  /** What differs where instances are real: processes or workers on somebody's machine. */
  readonly real?: Partial<Range>;
}

export interface FlagOption extends Declared<boolean> {
  readonly type: 'flag';
}

export interface ChoiceOption extends Declared<string> {
  readonly type: 'choice';
  readonly of: readonly string[];
}

export interface ListOption extends Declared<readonly number[]> {
  readonly type: 'list';
  /** What each of them may be; there is at least one. */
  readonly of: NumberOption;
}

export interface TextOption extends Declared<string> {
  readonly type: 'text';
}

export type Option = NumberOption | FlagOption | ChoiceOption | ListOption | TextOption;

/** Options by name. */
export type OptionTable = Readonly<Record<string, Option>>;

/** Where an option is given: to a model alone, or to a platform with real instances. */
export type Setting = 'model' | 'real';

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

/** What somebody may give: everything that has a default can be left out. */
export type Given<D> = { readonly [Name in keyof Pick<D, NeedlessOf<D>>]?: ValueOf<D[Name]> } & {
  readonly [Name in keyof Omit<D, NeedlessOf<D>>]: ValueOf<D[Name]>;
};

/** One of several kinds of a thing, told apart by `is`, each with options of its own. */
export type OneOf<Kinds extends Readonly<Record<string, OptionTable>>> = {
  [Kind in keyof Kinds]: { readonly is: Kind } & Given<Kinds[Kind]>;
}[keyof Kinds];

/** What is given, and for what is not, its default; undefined where that depends on something else. */
export type Filled<D> = {
  readonly [Name in keyof D]: D[Name] extends { readonly otherwise: string }
    ? ValueOf<D[Name]> | undefined
    : ValueOf<D[Name]>;
};

const UNLIMITED = 'unlimited';

/** @param value as it is used: Infinity for `"unlimited"` */
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

/** What is right, with unit and range: `a whole number from 1 to 1000 instances`. */
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
 * Why a value is refused: what came, what was expected, and the cure.
 *
 * @param subject what it was given to, in the reader's words: `--port`, `"times"`
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

export function asMessageText(value: unknown): string {
  return JSON.stringify(value === Infinity ? UNLIMITED : value) ?? String(value);
}

function shownPlainly(value: unknown): string {
  return value === Infinity ? UNLIMITED : typeof value === 'string' ? value : asMessageText(value);
}

export interface OptionReading {
  /** What they belong to, for messages: `The policy kpa`. */
  readonly of: string;
  /** How an option is called there. @default its name in quotes, as in JSON */
  readonly subject?: (name: string) => string;
  /** @default 'model' */
  readonly setting?: Setting;
}

/**
 * @param given as from JSON: `"unlimited"` for Infinity
 * @throws RangeError for the first that is unknown, missing or not right
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

/** `"unlimited"` as Infinity; everything else as it is. */
export function inUse(value: unknown): unknown {
  return value === UNLIMITED ? Infinity : value;
}

/** What a command line, a variable or a form says, as JSON would say it. */
export function fromText(option: Option, text: string): unknown {
  if (option.type === 'flag' && (text === 'true' || text === 'false')) return text === 'true';
  if (option.type === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

/**
 * Everything that is left out has its default.
 *
 * @param of what they belong to, for messages: `kpa`
 * @param given may hold other things as well
 * @throws RangeError for the first that is not right
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

export interface Conflict {
  readonly name: string;
  readonly expected: string;
  readonly cure: string;
}

/** The first option that is right by itself and wrong beside another; null when there is none. */
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
