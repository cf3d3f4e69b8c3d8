/** Compresses the built site once, so that no server has to do it at every call. */

import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|css|js|mjs|json|svg|xml|txt|webmanifest|wasm|ico)$/;

/** A smaller file fits one packet as it is. */
const LEAST_BYTES = 1_000;

/** Writes `FILE.br` and `FILE.gz` where they are smaller. @returns how many files were compressed */
export async function compress(files: readonly string[]): Promise<number> {
  const suitable = files.filter((file) => COMPRESSIBLE.test(file));
  const done = await Promise.all(suitable.map(compressFile));
  return done.filter(Boolean).length;
}

async function compressFile(file: string): Promise<boolean> {
  const bytes = readFileSync(file);
  if (bytes.byteLength < LEAST_BYTES) return false;
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  };
  const coded: [string, Buffer][] = [
    ['.br', await promisify(brotliCompress)(bytes, { params })],
    ['.gz', await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION })],
  ];
  for (const [end, smaller] of coded) {
    if (smaller.byteLength < bytes.byteLength) writeFileSync(file + end, smaller);
  }
  return true;
}
