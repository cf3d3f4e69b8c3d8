/** What a picture of the guestbook may be. The function holds whoever sends one to it. */

/** Types that every browser shows, by what people call them. */
export const PICTURE_TYPES: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
};

/** Longest picture, in bytes. */
export const MOST_PICTURE_BYTES = 20_000_000;
