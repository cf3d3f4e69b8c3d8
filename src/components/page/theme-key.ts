/** Where the reader's choice of colours is kept in this browser. */
export const THEME_KEY = 'scale-to-zero.theme';
