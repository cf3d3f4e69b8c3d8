/** What `vercel build` wrote, by the Build Output API, version 3: functions, static files, routes. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const functionSchema = z.object({
  /** A file of the function's folder; for Python `module.name`. */
  handler: z.string(),
  /** `nodejs24.x`, `python3.13` */
  runtime: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  /** Files that are not in the folder: their path in it, and where they lie in the project. */
  filePathMap: z.record(z.string(), z.string()).default({}),
});

const routeSchema = z.object({
  handle: z.string().optional(),
  src: z.string().optional(),
  dest: z.string().optional(),
  status: z.number().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  continue: z.boolean().optional(),
});

const configSchema = z.object({ version: z.literal(3), routes: z.array(routeSchema).default([]) });

type Route = z.infer<typeof routeSchema>;

export interface OutputFunction extends z.infer<typeof functionSchema> {
  /** `/api/items/[id]` */
  readonly path: string;
  readonly folder: string;
}

/** What answers an address. */
export type Resolved =
  | { readonly kind: 'function'; readonly function: OutputFunction; readonly url: string }
  | { readonly kind: 'file' }
  | { readonly kind: 'status'; readonly status: number };

export class Output {
  readonly functions: ReadonlyMap<string, OutputFunction>;
  /** Folder of the static files. */
  readonly static: string;
  /** Routes that apply before a file is looked for: they set headers. */
  readonly #before: readonly Route[];
  /** Routes for what is no file. */
  readonly #after: readonly Route[];

  /** @throws when the folder is not what the Build Output API says */
  constructor(folder: string) {
    const { routes } = configSchema.parse(readJson(join(folder, 'config.json')));
    const filesystem = routes.findIndex(({ handle }) => handle === 'filesystem');
    const rest = routes.slice(filesystem + 1);
    const next = rest.findIndex(({ handle }) => handle !== undefined);
    this.#before = routes.slice(0, Math.max(0, filesystem));
    this.#after = next === -1 ? rest : rest.slice(0, next);
    this.static = join(folder, 'static');
    this.functions = new Map(
      functionFolders(join(folder, 'functions'), '').map((path) => [
        path,
        readFunction(folder, path),
      ]),
    );
  }

  /** @param url path and query of a request */
  resolve(url: string): Resolved {
    const { pathname, search } = new URL(url, 'http://localhost');
    const named = this.functions.get(pathname);
    if (named !== undefined) return { kind: 'function', function: named, url };
    if (this.#isFile(pathname)) return { kind: 'file' };
    for (const { src = '^$', dest, status } of this.#after) {
      const match = new RegExp(src).exec(pathname);
      if (match === null) continue;
      if (status !== undefined) return { kind: 'status', status };
      const [path = '', query = ''] = (dest ?? '')
        .replace(/\$(\d+)/g, (_all, group: string) => match[Number(group)] ?? '')
        .split('?');
      const found = this.functions.get(path);
      const both = [search.slice(1), query].filter((part) => part !== '').join('&');
      if (found !== undefined) {
        return { kind: 'function', function: found, url: `${pathname}?${both}` };
      }
    }
    return { kind: 'file' };
  }

  /** Headers that the routes give an address. */
  headers(url: string): Record<string, string> {
    const { pathname } = new URL(url, 'http://localhost');
    const matching = this.#before.filter(({ src = '^$' }) => new RegExp(src).test(pathname));
    return Object.assign({}, ...matching.map(({ headers }) => headers ?? {})) as Record<
      string,
      string
    >;
  }

  #isFile(pathname: string): boolean {
    const file = join(this.static, decodeURIComponent(pathname));
    return [file, join(file, 'index.html')].some(
      (one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true,
    );
  }
}

/** `/api/items/[id]` for `functions/api/items/[id].func`. */
function functionFolders(folder: string, under: string): string[] {
  return readdirSync(join(folder, under)).flatMap((name) => {
    const path = `${under}/${name}`;
    if (!statSync(join(folder, path)).isDirectory()) return [];
    return name.endsWith('.func')
      ? [path.slice(0, -'.func'.length)]
      : functionFolders(folder, path);
  });
}

function readFunction(output: string, path: string): OutputFunction {
  const folder = join(output, 'functions', `${path}.func`);
  return { path, folder, ...functionSchema.parse(readJson(join(folder, '.vc-config.json'))) };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
