/**
 * What is kept of a reader's work, in their browser only. Keys are permanent ids from the content, so
 * that a lesson may move, be renamed in its title, or be rewritten, and the work stays.
 */

/** One answer to a question: `answer:<lesson>/<question>`. */
export interface AnswerRecord {
  /** Of the question when it was answered; another one means that the question has changed since. */
  readonly hash: string;
  /** ISO 8601. */
  readonly at: string;
  /** Numbers of the chosen options, or the one text typed. */
  readonly given: readonly string[];
  /** What was chosen, in words, to show when the question has changed. */
  readonly said: string;
  readonly correct: boolean;
}

/** One prediction: `prediction:<lesson>/<id>`. */
export interface PredictionRecord {
  readonly hash: string;
  readonly at: string;
  readonly said: string;
  /** The reason that was chosen for it, in words. */
  readonly why?: string;
  /** What the reader saw after the run, in the words of an option. */
  readonly saw?: string;
}

/** How far a lesson has been read: `place:<lesson>`. */
export interface PlaceRecord {
  readonly at: string;
  /** Id of the heading last read under; empty at the start. */
  readonly heading: string;
  /** Whether the end of the text has been seen, ever. */
  readonly end: boolean;
  /** Whether the end of its core has been seen, ever: where the lesson has a second sitting. */
  readonly core?: boolean;
}

/** The reader's code of one lab: `lab:<lesson>/<lab>`. */
export interface LabRecord {
  readonly at: string;
  /** Of the start that the reader began with; another one means that the lab has changed since. */
  readonly start: string;
  readonly code: string;
  /** What the code was before, newest first: see `lab-versions.ts`. */
  readonly versions: readonly string[];
  /** Names of what passed when it was last judged: checks, `sorting/<id>`, `amount/<id>`. */
  readonly passed: readonly string[];
  /** Whether the contract has ever held. */
  readonly done: boolean;
  /** `assembled` from given lines, `written`, or `sorted`. */
  readonly how: string;
  /** What was chosen or typed beside the code: see `lab-choices.ts`. */
  readonly choices?: readonly string[];
}

/** Every kind of record. */
export interface RecordTypes {
  answer: AnswerRecord;
  prediction: PredictionRecord;
  place: PlaceRecord;
  lab: LabRecord;
}

export type RecordKind = keyof RecordTypes;
/** Kind and id: `answer:life-of-an-instance/why-cold`. */
export type RecordKey = `${RecordKind}:${string}`;
/** What is kept under any key. */
export type AnyRecord = RecordTypes[RecordKind];

/** What ends with `?` can be missing: an older version of the course did not keep it. */
type ShapeType = 'string' | 'string?' | 'boolean' | 'boolean?' | 'strings' | 'strings?';
type Shape = Readonly<Record<string, ShapeType>>;

const SHAPES: Readonly<Record<RecordKind, Shape>> = {
  answer: { hash: 'string', at: 'string', given: 'strings', said: 'string', correct: 'boolean' },
  prediction: { hash: 'string', at: 'string', said: 'string', why: 'string?', saw: 'string?' },
  place: { at: 'string', heading: 'string', end: 'boolean', core: 'boolean?' },
  lab: {
    at: 'string',
    start: 'string',
    code: 'string',
    versions: 'strings',
    passed: 'strings',
    done: 'boolean',
    how: 'string',
    choices: 'strings?',
  },
};

/** Which kind of record a key is for; undefined for any other key. */
export function recordKind(key: string): RecordKind | undefined {
  const [, kind] = /^(answer|prediction|place|lab):[a-z0-9-]+(\/[\w-]+)?$/.exec(key) ?? [];
  return kind as RecordKind | undefined;
}

/** What is wrong with a value as a record of its kind; undefined when nothing is. */
export function recordFault(kind: RecordKind, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'expected an object';
  const fields = value as Readonly<Record<string, unknown>>;
  for (const [name, type] of Object.entries(SHAPES[kind])) {
    if (!isType(fields[name], type)) {
      const named = type.replace('?', '');
      const expected = named === 'strings' ? 'a list of strings' : `a ${named}`;
      return `expected ${name} to be ${expected}, found ${JSON.stringify(fields[name]) ?? 'nothing'}`;
    }
  }
  const at = String(fields['at']);
  return Number.isNaN(Date.parse(at)) ? `expected at to be a date, found "${at}"` : undefined;
}

function isType(value: unknown, type: ShapeType): boolean {
  if (value === undefined && type.endsWith('?')) return true;
  if (!type.startsWith('strings')) return typeof value === type.replace('?', '');
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
