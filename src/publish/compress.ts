/** Compresses the built site once, so that the server need not do it for each call. */

import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|css|js|mjs|json|svg|xml|txt|webmanifest|wasm|data|ico)$/;

/** Smaller files fit into one packet uncompressed. */
const LEAST_BYTES = 1_000;

/** The best quality takes twenty times as long as this one, for a tenth less. */
const LARGE_QUALITY = 9;
const LARGE_BYTES = 2_000_000;

/** Writes `FILE.br` and `FILE.gz` where they are smaller. @returns the number of files compressed */
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
    [constants.BROTLI_PARAM_QUALITY]:
      bytes.byteLength > LARGE_BYTES ? LARGE_QUALITY : constants.BROTLI_MAX_QUALITY,
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
