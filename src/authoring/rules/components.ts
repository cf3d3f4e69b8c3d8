/** Components are imported from where they are, and get the attributes that they take. */

import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Component, Course, LessonFile } from '../course.ts';
import type { Import, Tag } from '../mdx-source.ts';
import { attribute } from '../mdx-source.ts';
import type { Mistake } from '#src/errors/mistake.ts';
import { nearest, quoted, suggest } from '#src/errors/nearest.ts';
import type { Prop } from '../component-props.ts';
import type { Attribute } from '#src/errors/tag-source.ts';

/** Known to MDX in Astro without an import. */
const BUILT_IN = ['Fragment'];

export function componentMistakes(course: Course): Mistake[] {
  const aliases = readAliases(course.root);
  return course.lessons.flatMap((lesson) => [
    ...lesson.mdx.imports.flatMap((one) => importMistakes(course, lesson, one, aliases)),
    ...lesson.mdx.tags.flatMap((tag) => tagMistakes(course, lesson, tag, aliases)),
  ]);
}

type Aliases = Readonly<Record<string, string>>;

function readAliases(root: string): Aliases {
  const manifest = join(root, 'package.json');
  if (!existsSync(manifest)) return {};
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { imports?: Aliases }).imports ?? {};
}

/** The project file that a specifier means; undefined for a package. */
function target({ mdx }: LessonFile, specifier: string, aliases: Aliases): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(mdx.file.path), specifier);
  for (const [alias, path] of Object.entries(aliases)) {
    const prefix = alias.replace(/\*$/, '');
    if (!specifier.startsWith(prefix)) continue;
    return posix.normalize(path.replace(/\*$/, '') + specifier.slice(prefix.length));
  }
  return undefined;
}

function importMistakes(
  course: Course,
  lesson: LessonFile,
  one: Import,
  aliases: Aliases,
): Mistake[] {
  const { mdx } = lesson;
  const file = target(lesson, one.specifier, aliases);
  if (file === undefined && !one.specifier.startsWith('#')) return [];
  if (file === undefined || !existsSync(join(course.root, file))) {
    const specifiers = [...course.components.values()].map(({ specifier }) => specifier);
    const named = specifiers.find((specifier) => specifier.endsWith(`/${one.name}.astro`));
    const close = named ?? nearest(one.specifier, specifiers);
    const cure = close === undefined ? 'Correct the path.' : `Write '${close}'.`;
    return [mdx.file.mistake(one.specifierOffset, `There is no file "${one.specifier}".`, cure)];
  }
  const isUsed =
    mdx.tags.some(({ name }) => name.split('.')[0] === one.name) ||
    new RegExp(`[{(,\\s]${one.name}[\\s.,)}]`).test(mdx.file.text.replace(/^import .*$/gm, ''));
  if (isUsed || mdx.mistakes.length > 0) return [];
  const problem = `${one.name} is imported and never used.`;
  return [mdx.file.mistake(one.offset, problem, 'Take the import out, with the line it is on.')];
}

function tagMistakes(course: Course, lesson: LessonFile, tag: Tag, aliases: Aliases): Mistake[] {
  const { mdx } = lesson;
  const isComponent = /^[A-Z]/.test(tag.name) && !BUILT_IN.includes(tag.name);
  if (!isComponent) return [];
  const imported = mdx.imports.find(({ name }) => name === tag.name.split('.')[0]);
  if (imported === undefined) {
    const isDeclared = new RegExp(`^export (const|function) ${tag.name}\\b`, 'm').test(
      mdx.file.text,
    );
    return isDeclared ? [] : [notImported(course, mdx.file.mistake.bind(mdx.file), tag)];
  }
  const component = course.components.get(target(lesson, imported.specifier, aliases) ?? '');
  return component === undefined ? [] : attributeMistakes(component, lesson, tag);
}

function notImported(
  course: Course,
  mistake: (offset: number, problem: string, cure: string) => Mistake,
  { name, offset }: Tag,
): Mistake {
  const problem = `<${name}> is used, but not imported.`;
  const all = [...course.components.values()];
  const byName = (wanted: string): Component | undefined =>
    all.find(({ specifier }) => specifier.endsWith(`/${wanted}.astro`));
  const exact = byName(name);
  if (exact !== undefined) {
    const line = `import ${name} from '${exact.specifier}';`;
    return mistake(offset, problem, `Add under the frontmatter: ${line}`);
  }
  const names = all.map(({ file }) => posix.basename(file, '.astro'));
  const close = byName(nearest(name, names) ?? '');
  const cure =
    close === undefined
      ? 'No component has that name.'
      : `Did you mean the one of '${close.specifier}'?`;
  return mistake(offset, problem, cure);
}

function attributeMistakes({ props, file }: Component, { mdx }: LessonFile, tag: Tag): Mistake[] {
  if (props === undefined) return [];
  const missing = props
    .filter(({ name, required }) => required && !tag.spreads && attribute(tag, name) === undefined)
    .map(({ name, type }) =>
      mdx.file.mistake(
        tag.offset,
        `<${tag.name}> needs \`${name}\`.`,
        `Add ${name}=${type === 'string' ? '"…"' : `{…}, a value of type ${type}`}.`,
      ),
    );
  const wrong = tag.attributes.flatMap((one) => {
    const found = attributeMistake(one, props, tag, file);
    return found === undefined ? [] : [mdx.file.mistake(one.start, ...found)];
  });
  return [...missing, ...wrong];
}

/** Names that Astro itself takes on any component. */
const EVERYWHERE = ['slot', 'class', 'is:raw', 'set:html', 'set:text'];

function attributeMistake(
  { name, text, expression }: Attribute,
  props: readonly Prop[],
  tag: Tag,
  file: string,
): [problem: string, cure: string] | undefined {
  const prop = props.find((one) => one.name === name);
  if (prop === undefined) {
    if (EVERYWHERE.includes(name)) return undefined;
    const names = props.map((one) => one.name);
    return [`<${tag.name}> takes no \`${name}\`.`, suggest(name, names, file)];
  }
  if (text !== undefined && prop.choices?.includes(text) === false) {
    const problem = `\`${name}\` of <${tag.name}> is one of ${quoted(prop.choices)}, not "${text}".`;
    return [problem, suggest(text, prop.choices, file)];
  }
  if (text !== undefined && prop.type === 'number') {
    const problem = `\`${name}\` of <${tag.name}> is a number, and "${text}" is text.`;
    const digits = Number.isFinite(Number(text)) && text.trim() !== '' ? text.trim() : '1';
    return [problem, `Write ${name}={${digits}}.`];
  }
  if (expression !== undefined && prop.type === 'string' && /^\s*-?[\d.]+\s*$/.test(expression)) {
    const problem = `\`${name}\` of <${tag.name}> is text, and {${expression}} is a number.`;
    return [problem, `Write ${name}="${expression.trim()}".`];
  }
  return undefined;
}
