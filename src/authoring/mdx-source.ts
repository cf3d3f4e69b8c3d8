/** A lesson as its author wrote it: frontmatter, imports, tags, links, images, headings, each with its place. */

import Slugger from 'github-slugger';
import { mdxToMdast, type MdastNode } from 'satteri';
import type { Mistake } from '#src/errors/mistake.ts';
import type { SourceFile } from '#src/errors/source-file.ts';
import { readTag, type Attribute, type TagSource } from '#src/errors/tag-source.ts';
import { YamlSource } from './yaml-source.ts';

/** A component or an element in a lesson. */
export interface Tag extends TagSource {
  readonly name: string;
  /** Offset of its `<`. */
  readonly offset: number;
  readonly hasChildren: boolean;
}

/** One name that a lesson imports. */
export interface Import {
  /** What the lesson calls it. */
  readonly name: string;
  readonly specifier: string;
  readonly offset: number;
  /** Offset of the specifier. */
  readonly specifierOffset: number;
}

/** A link; `offset` is where it begins in the file, in characters, as in all that follows. */
export interface Link {
  readonly url: string;
  readonly offset: number;
  /** The tag that it stands in; undefined for `[text](url)`. */
  readonly tag?: string;
}

/** An image; without a text for those who do not see it, `alt` is empty. */
export interface Image extends Link {
  readonly alt: string;
}

/** A heading; its depth is 2 for `##`. */
export interface Heading {
  readonly depth: number;
  readonly text: string;
  /** The id that Astro gives it. */
  readonly slug: string;
  readonly offset: number;
}

/** Braces in prose, which MDX takes for JavaScript. */
export interface Expression {
  /** Without its braces. */
  readonly code: string;
  readonly offset: number;
}

/** Reads a lesson once; what cannot be read is in `mistakes`, and the rest is there all the same. */
export class MdxSource {
  readonly file: SourceFile;
  /** Absent when the file does not start with `---`. */
  readonly frontmatter: YamlSource | undefined;
  readonly tags: readonly Tag[];
  readonly imports: readonly Import[];
  readonly links: readonly Link[];
  readonly images: readonly Image[];
  readonly headings: readonly Heading[];
  /** Code in braces that stands in the text. */
  readonly expressions: readonly Expression[];
  /** What keeps it from being read as MDX. */
  readonly mistakes: readonly Mistake[];

  constructor(file: SourceFile) {
    this.file = file;
    const parsed = parse(file);
    const nodes = parsed.root === undefined ? [] : [...walk(parsed.root)];
    this.frontmatter = readFrontmatter(file);
    this.tags = nodes.flatMap((node) => tagOf(file, node));
    const scripts = nodes.filter((node) => node.type === 'mdxjsEsm');
    this.imports = scripts.flatMap((node) => importsOf(file, start(node), end(node)));
    this.links = [
      ...nodes.flatMap((node) =>
        node.type === 'link' || node.type === 'definition'
          ? [{ url: node.url, offset: start(node) }]
          : [],
      ),
      ...this.tags.flatMap((tag) => linkOf(tag)),
    ];
    this.images = nodes.flatMap((node) =>
      node.type === 'image' ? [{ url: node.url, alt: node.alt ?? '', offset: start(node) }] : [],
    );
    const slugger = new Slugger();
    this.headings = nodes.flatMap((node) =>
      node.type === 'heading' ? [headingOf(node.depth, textOf(node), slugger, start(node))] : [],
    );
    this.expressions = nodes.flatMap((node) =>
      node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression'
        ? [{ code: node.value, offset: start(node) }]
        : [],
    );
    this.mistakes = [
      ...parsed.mistakes,
      ...scripts.flatMap((node) => swallowed(file, start(node), end(node))),
    ];
  }
}

/** The attribute of a tag by its name; undefined when it is not given. */
export function attribute(tag: TagSource, name: string): Attribute | undefined {
  return tag.attributes.find((one) => one.name === name);
}

function parse(file: SourceFile): { root?: MdastNode; mistakes: Mistake[] } {
  try {
    // As Astro parses it, so that headings get the same slugs.
    const features = { smartPunctuation: true };
    return { root: mdxToMdast(file.text, { position: true, features }), mistakes: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1', column = '1', problem = message] =
      /^(\d+):(\d+): (.*?)(?: \([\w-]+:[\w-]+\))?$/s.exec(message) ?? [];
    const offset = file.offset(Number(line), Number(column));
    const cure =
      'Close every tag that is opened, and write a literal `{` or `<` as `\\{` or `&lt;`.';
    return { mistakes: [file.mistake(offset, `This is not MDX: ${problem}.`, cure)] };
  }
}

function readFrontmatter(file: SourceFile): YamlSource | undefined {
  const found = /^---[ \t]*\r?\n(.*?)^---[ \t]*$/ms.exec(file.text);
  if (found?.index !== 0) return undefined;
  const from = found[0].indexOf('\n') + 1;
  return new YamlSource(file, from, from + (found[1] ?? '').length);
}

function* walk(node: MdastNode): Generator<MdastNode> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* walk(child as MdastNode);
}

function start(node: MdastNode): number {
  return node.position?.start.offset ?? 0;
}

function end(node: MdastNode): number {
  return node.position?.end.offset ?? 0;
}

function tagOf(file: SourceFile, node: MdastNode): Tag[] {
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return [];
  const offset = start(node);
  const hasChildren = node.children.length > 0;
  return [{ name: node.name ?? '', offset, hasChildren, ...readTag(file.text, offset) }];
}

function headingOf(depth: number, text: string, slugger: Slugger, offset: number): Heading {
  return { depth, text, slug: slugger.slug(text), offset };
}

function linkOf(tag: Tag): Link[] {
  const href = attribute(tag, 'href');
  return href?.text === undefined
    ? []
    : [{ url: href.text, offset: href.valueStart, tag: tag.name }];
}

function textOf(node: MdastNode): string {
  if ('children' in node) return node.children.map((child) => textOf(child as MdastNode)).join('');
  return 'value' in node && typeof node.value === 'string' ? node.value : '';
}

function importsOf(file: SourceFile, from: number, to: number): Import[] {
  const source = file.text.slice(from, to);
  return [...source.matchAll(/^import\s+([^'"]+?)\s+from\s+(['"])([^'"]+)\2/gm)].flatMap(
    (found) => {
      const [whole, clause = '', , specifier = ''] = found;
      const place = {
        specifier,
        offset: from + found.index,
        specifierOffset: from + found.index + whole.length - specifier.length - 1,
      };
      return namesIn(clause).map((name) => ({ name, ...place }));
    },
  );
}

/** `Demo, { a as b }` → `Demo`, `b`. */
function namesIn(clause: string): string[] {
  return clause
    .split(/[{},]/)
    .map(
      (part) =>
        part
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    )
    .filter((name) => name !== '' && name !== 'type');
}

/** Text right under an import belongs to the script and vanishes from the page without a word. */
function swallowed(file: SourceFile, from: number, to: number): Mistake[] {
  const lines = file.text.slice(from, to).split('\n');
  let depth = 0;
  let at = from;
  for (const line of lines) {
    const opens = /^(import|export|const|let|function|\/\/|\/\*)/.test(line);
    if (depth === 0 && line.trim() !== '' && !opens) {
      const problem = 'This line stands right under an import, so it is read as code.';
      return [file.mistake(at, problem, 'Put a blank line between the imports and the text.')];
    }
    depth += (line.match(/[{[(]/g)?.length ?? 0) - (line.match(/[}\])]/g)?.length ?? 0);
    at += line.length + 1;
  }
  return [];
}
