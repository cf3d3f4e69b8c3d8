/** Names of objects: any text that survives being the path of a URL. */

/** Longest name, in bytes of UTF-8: as S3 has it (docs.aws.amazon.com, "Naming Amazon S3 objects"). */
const MOST_BYTES = 1024;

/** Line breaks would move the lines of what is signed; a URL or a terminal would lose the others. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Why a text cannot name an object, for the reader; null when it can. A `/` parts the name. */
export function whyNoKey(key: string): string | null {
  const bytes = Buffer.byteLength(key);
  if (bytes === 0 || bytes > MOST_BYTES) {
    return `A key has 1 to ${MOST_BYTES} bytes; this one has ${bytes}.`;
  }
  if (CONTROL.test(key)) return 'A key has no control characters, NUL and line breaks among them.';
  if (!key.isWellFormed()) return 'A key is well-formed Unicode; half a surrogate pair came.';
  const lost = key.split('/').find((part) => part === '' || part === '.' || part === '..');
  if (lost === undefined) return null;
  return `Each part of a key between slashes is a name; "${lost}" came, which every client takes out of a URL.`;
}

/** The key as the path of a URL, from {@link keyOf} the other way. */
export function pathOfKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

/** The key that a path of a URL names; null when it is not valid percent-encoding. */
export function keyOf(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
