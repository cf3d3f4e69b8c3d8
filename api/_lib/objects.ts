/**
 * Files that outlive their function. Whoever sends or shows one talks to the store itself, by an address
 * that the function signs: its bytes never pass through the function. The same calls in every place: on
 * this machine our own store, in the cloud one that speaks S3, if the environment names one.
 */

import type { Objects } from './object-addresses.ts';
import { localObjects } from './local-objects.ts';
import { NoObjects } from './no-objects.ts';
import { s3Objects } from './s3-objects.ts';

/** @throws NoObjects with what is missing, and what to do; its `response` is an answer for the caller */
export function objects(): Objects {
  // A browser has no `process`, and what bundles for one writes `{}` in the place of `process.env`.
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };
  const env = process?.env ?? {};
  const found = localObjects(env) ?? s3Objects(env);
  if (found !== null) return found;
  throw new NoObjects(
    503,
    'No object store is here. Run the course with npm start, or name one that speaks S3: OBJECTS_S3_ENDPOINT, OBJECTS_S3_KEY_ID, OBJECTS_S3_SECRET and OBJECTS_PUBLIC_URL.',
  );
}
