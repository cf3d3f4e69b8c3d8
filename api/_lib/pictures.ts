/**
 * Pictures of the guestbook. A visitor sends one straight to the object store, by an address that is made
 * here. It is private until an entry that names it is posted; one that nobody names is removed after a day.
 */

import { badRequest } from './bad-request.ts';
import { objects } from './objects.ts';

const TYPES = ['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/webp'];
const MOST_BYTES = 20_000_000;
const DAY_S = 86_400;

const KEY = /^pictures\/[0-9a-f-]{36}$/;
const SHA_256 = /^[0-9a-f]{64}$/;

/** Answers `{ "type": "image/png", "length": 48213, "sha256": "…" }` with where to send the picture. */
export async function announcePicture(value: unknown): Promise<Response> {
  const { type, length, sha256 } = Object(value) as Record<string, unknown>;
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    return badRequest(`"type" is one of ${TYPES.join(', ')}.`);
  }
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1) {
    return badRequest('"length" is the number of bytes of the picture.');
  }
  if (length > MOST_BYTES) {
    return badRequest(`A picture may have ${MOST_BYTES} bytes; this one has ${length}.`);
  }
  if (typeof sha256 !== 'string' || !SHA_256.test(sha256)) {
    return badRequest('"sha256" is the SHA-256 of the picture, 64 digits in lower-case hex.');
  }
  // #region announce
  // Nobody else can guess the key, so nobody else's entry can name the picture.
  const key = `pictures/${crypto.randomUUID()}`;
  const store = objects();
  const upload = await store.uploadAddress(key, { type, length, sha256, keepS: DAY_S });
  const see = await store.readAddress(key);
  return Response.json({ key, upload, see }, { status: 201 });
  // #endregion
}

/** Whether the text may be the key of a picture. */
export function isPictureKey(value: unknown): value is string {
  return typeof value === 'string' && KEY.test(value);
}

/** Makes the picture public. @returns its address for ever; null when none was sent under this key */
export async function publishPicture(key: string): Promise<string | null> {
  return (await objects().publish(key))?.url ?? null;
}
