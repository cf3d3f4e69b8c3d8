/** How large the pages of built lessons are. */

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { spreadOf } from '../statistics.ts';

/** In bytes. */
export interface Size {
  readonly median: number;
  readonly largest: number;
}

export interface PageSizes {
  readonly pages: number;
  readonly raw: Size;
  /** At level 9. */
  readonly gzip: Size;
}

/** @param dist a built site @throws when it has no lessons */
export function pageSizes(dist: string): PageSizes {
  const pages = globSync('lessons/*/index.html', { cwd: dist }).map((file) =>
    readFileSync(join(dist, file)),
  );
  return {
    pages: pages.length,
    raw: sizeOf(pages.map(({ byteLength }) => byteLength)),
    gzip: sizeOf(pages.map((page) => gzipSync(page, { level: 9 }).byteLength)),
  };
}

function sizeOf(bytes: readonly number[]): Size {
  const spread = spreadOf(bytes);
  if (spread === null) {
    throw new Error('Expected the built site to have pages lessons/*/index.html, and it has none.');
  }
  return { median: spread.median, largest: spread.most };
}
