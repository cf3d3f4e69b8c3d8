/** A picture goes into the guestbook by a signed address: five calls, each with what the last one said. */

import type { RawCall } from '#src/demo/places/line.ts';
import type { CallStory } from './setup.ts';

/** A PNG of one pixel, orange. */
export const PICTURE = bytesOf(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4OpMLAAQfAZk6zsWnAAAAAElFTkSuQmCC',
);
/** SHA-256 of its bytes, hex. */
export const PICTURE_HASH = '88c9d042a7f37cae024625ff0f44a9eaa86f083fe40065d6700eeeb81468c3d7';
/** Another of the same length, blue. */
const OTHER_PICTURE = bytesOf(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mPQiDoBAAH4AUsXMgTyAAAAAElFTkSuQmCC',
);

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}

const JSON_BODY = { 'content-type': 'application/json' };

/** The first answer: where and how to send the picture. */
interface Signed {
  readonly key: string;
  readonly upload: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** A PUT to the address that was signed. */
function upload([first = '']: readonly string[]): Partial<RawCall> {
  const { upload: signed } = JSON.parse(first) as Signed;
  const { pathname, search } = new URL(signed.url, 'http://localhost/api/');
  return { address: pathname + search, headers: signed.headers };
}

export const SIGNED_UPLOAD: CallStory = {
  title: 'A picture, by a signed address',
  function: '/api/guestbook',
  calls: [
    {
      by: 'The browser, to the function',
      method: 'POST',
      address: '/api/guestbook?picture',
      headers: JSON_BODY,
      body: JSON.stringify({
        type: 'image/png',
        length: PICTURE.length,
        sha256: PICTURE_HASH,
      }),
      status: 201,
      asked:
        'The browser says what it wants to send: the type, the length, and the hash of the bytes. It does not send them.',
      answered:
        'The function has signed an address and says it, and the key of the picture. That is all that the function does.',
    },
    {
      by: 'Somebody who has copied the address',
      method: 'PUT',
      address: '',
      from: upload,
      body: OTHER_PICTURE,
      status: 422,
      asked:
        'Look at the address: all that was said stands in it, then when it expires, then the signature. By this address another picture is sent, of the same type and the same length.',
      answered:
        'The store has reckoned the hash of what came, and it is not the one that was signed. Nothing is kept.',
    },
    {
      by: 'The browser, to the store',
      method: 'PUT',
      address: '',
      from: upload,
      body: PICTURE,
      shown: ['etag'],
      status: 201,
      asked: 'The browser sends its picture. The function has answered long ago, and is not there.',
      answered: 'The hash fits. The picture is kept, and nobody can see it yet.',
    },
    {
      by: 'The browser, to the function',
      method: 'POST',
      address: '/api/guestbook',
      headers: JSON_BODY,
      from: ([first = '']) => ({
        body: JSON.stringify({
          name: 'Ada',
          text: 'With a picture',
          picture: (JSON.parse(first) as Signed).key,
        }),
      }),
      status: 201,
      asked: 'The entry is posted, and names the picture by its key.',
      answered:
        'The function has made the picture public. Its name is the hash of its bytes from now on.',
    },
    {
      by: 'Anybody',
      method: 'HEAD',
      address: '',
      from: (bodies) => ({
        address: new URL(
          (JSON.parse(bodies[3] ?? '') as { readonly picture: string }).picture,
          'http://localhost/api/',
        ).pathname,
      }),
      shown: ['content-type', 'cache-control', 'etag'],
      status: 200,
      asked: 'Anybody may ask for it now, here for its headers alone.',
      answered:
        'It may be kept for a year without asking again. Other bytes would have another name.',
    },
  ],
};
