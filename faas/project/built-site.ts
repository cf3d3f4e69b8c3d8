/** Files that a build writes for the server of the site. They are not served themselves. */

/** Digest of the build's inputs. It is written last, so a folder that has it is complete. */
export const STAMP_FILE = '.built-from';

/** JSON: headers by URL path, such as `/lessons/one/`; those under `*` apply to every file. */
export const HEADERS_FILE = '.headers.json';
