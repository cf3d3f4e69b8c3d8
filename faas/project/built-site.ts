/** Files that a build leaves in the built site for whoever serves it. They are not served. */

/** Written last: a folder that holds it is complete. Says what the site was built from. */
export const STAMP_FILE = '.built-from';

/** JSON: headers by URL path, such as `/lessons/one/`; those of `*` are every file's. */
export const HEADERS_FILE = '.headers.json';
