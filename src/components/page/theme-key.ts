import { storageName } from '#src/site/base.ts';

/** Where the reader's choice of colours is kept in this browser. */
export const THEME_KEY = storageName('scale-to-zero.theme');
