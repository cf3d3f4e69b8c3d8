/** YAML (and JSON, which is YAML) whose values know where they stand in their file. */

import { isMap, isNode, parseDocument, type Document } from 'yaml';
import type { Mistake } from '#src/errors/mistake.ts';
import type { SourceFile } from '#src/errors/source-file.ts';

/** Keys and indices that lead to a value: `[0, "options", 2]`. */
export type Path = readonly PropertyKey[];

/** Reads YAML once; parsed values can be asked for their place. */
export class YamlSource {
  readonly file: SourceFile;
  readonly value: unknown;
  /** What keeps it from being read at all. */
  readonly mistakes: readonly Mistake[];
  readonly #start: number;
  readonly #end: number;
  /** Made again when a place is asked for: thousands of right files need not keep theirs. */
  #tree: Document.Parsed | undefined;

  /** @param start, end the part of the file that is YAML: the frontmatter of a lesson. @default all */
  constructor(file: SourceFile, start = 0, end = file.text.length) {
    this.file = file;
    this.#start = start;
    this.#end = end;
    const tree = this.#parse();
    this.mistakes = tree.errors.length === 0 ? [] : [this.#first(tree)];
    this.value = this.mistakes.length === 0 ? tree.toJS() : undefined;
  }

  /** The first mistake alone: what follows it is read wrongly because of it. */
  #first({ errors }: Document.Parsed): Mistake {
    const tab = /^[ ]*\t/m.exec(this.file.text.slice(this.#start, this.#end));
    if (tab !== null) {
      const offset = this.#start + tab.index + tab[0].length - 1;
      const problem = 'This line is indented with a tab, and YAML wants spaces.';
      return this.file.mistake(offset, problem, 'Indent with two spaces a level.');
    }
    const [error] = errors;
    const problem = `This is not YAML: ${error?.message ?? 'it cannot be read'}.`;
    const cure = yamlCure(error?.code ?? '');
    return this.file.mistake(this.#start + (error?.pos[0] ?? 0), problem, cure);
  }

  #parse(): Document.Parsed {
    return parseDocument(this.file.text.slice(this.#start, this.#end), { prettyErrors: false });
  }

  get #document(): Document.Parsed {
    this.#tree ??= this.#parse();
    return this.#tree;
  }

  /** Where the value at `path` starts; where its nearest enclosing value starts when it is missing. */
  offset(path: Path): number {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.#start + node.range[0];
    }
    return this.#start;
  }

  /** Where the key that ends `path` starts. */
  keyOffset(path: Path): number {
    const parent: unknown = this.#document.getIn(path.slice(0, -1), true);
    const pairs = isMap(parent) ? parent.items : [];
    const key = pairs
      .map((pair) => pair.key)
      .find((node) => isNode(node) && node.toJSON() === path.at(-1));
    return isNode(key) && key.range ? this.#start + key.range[0] : this.offset(path);
  }

  mistake(path: Path, problem: string, cure: string): Mistake {
    return this.file.mistake(this.offset(path), problem, cure);
  }

  /** The value at `path`, or undefined. */
  at(path: Path): unknown {
    return path.reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null
          ? (value as Record<PropertyKey, unknown>)[step]
          : undefined,
      this.value,
    );
  }
}

function yamlCure(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'Keep one of the two.';
  return 'Put text that holds ": ", or starts with one of `{["*&!|>%@, in quotes, and indent lists alike.';
}
