/**
 * What a component throws when it cannot render what its author wrote. The check finds most mistakes
 * before; this says the same, with file and line, for those that only show when a page is rendered.
 */

import { existsSync, readFileSync } from 'node:fs';
import { formatMistake, type Mistake } from './mistake.ts';
import { SourceFile } from './source-file.ts';
import { readTag } from './tag-source.ts';

/** What is wrong, and in which tag. */
export interface AuthorErrorDetails {
  /** The lesson's file from the project root, `Astro.locals.lesson?.file`; absent on other pages. */
  readonly file: string | undefined;
  /** The component as the author wrote it: `Demo`. */
  readonly tag: string;
  /** An attribute whose value identifies the tag: `id`. */
  readonly attribute: string;
  readonly value: string;
  /** What was expected and what was found. */
  readonly problem: string;
  /** What to write instead. */
  readonly cure: string;
}

/** Shown by Astro with its place in the lesson. */
export class AuthorError extends Error {
  override readonly name = 'AuthorError';
  /** Astro and Vite show a frame of this place in the overlay. */
  readonly loc:
    { readonly file: string; readonly line: number; readonly column: number } | undefined;
  readonly hint: string;

  constructor(message: string, mistake: Mistake | undefined, hint: string) {
    super(message);
    this.loc =
      mistake === undefined
        ? undefined
        : { file: mistake.file, line: mistake.line, column: mistake.column };
    this.hint = hint;
  }
}

/** @example throw authorError({ file: Astro.locals.lesson?.file, tag: 'Fact', attribute: 'id', value: id, … }) */
export function authorError(details: AuthorErrorDetails): AuthorError {
  const { tag, attribute, value, problem, cure } = details;
  const mistake = locate(details);
  const message =
    mistake === undefined
      ? `<${tag} ${attribute}="${value}">: ${problem}\n  ${cure}`
      : formatMistake(mistake);
  return new AuthorError(message, mistake, cure);
}

/** The first tag in the file whose attribute has the value; the file's start when none has. */
function locate({
  file,
  tag,
  attribute,
  value,
  problem,
  cure,
}: AuthorErrorDetails): Mistake | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const source = new SourceFile(file, readFileSync(file, 'utf8'));
  for (const { index } of source.text.matchAll(new RegExp(`<${tag}(?=[\\s/>])`, 'g'))) {
    const given = readTag(source.text, index).attributes.find(({ name }) => name === attribute);
    if (given?.text === value) return source.mistake(index, problem, cure);
  }
  return source.mistake(0, problem, cure);
}
