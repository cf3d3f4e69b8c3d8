/** Sends a picture to the object store: announced to the function, and then sent past it. */

import { wholeNumber } from '#src/format/number.ts';
import type { Run } from '#src/demo/places/place.ts';
import { MOST_PICTURE_BYTES, PICTURE_TYPES } from './picture-limits.ts';

const KINDS = 'JPEG, PNG or WebP';

/** What the function answers to the announcement of a picture. */
interface Announced {
  readonly key: string;
  readonly upload: Upload;
}

/** A request that may be made once. */
interface Upload {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer of the object store. */
export type Sent = Pick<Run, 'status' | 'body'>;

/** Ways out of the page, and how far a picture is. */
export interface PictureOptions {
  /** Asks the function where to send it. */
  readonly announce: (body: string) => Promise<Run | string>;
  /** What an answer that is no success says. */
  readonly refusalIn: (answer: Sent) => string;
  /** @param share of the picture that is sent, from 0 to 1 */
  readonly onProgress: (share: number) => void;
}

/** Why this picture cannot be sent, and what to do; null when it can. */
export function whyNotSent({ type, size }: Pick<File, 'type' | 'size'>): string | null {
  if (!Object.hasOwn(PICTURE_TYPES, type)) {
    return `A picture is ${KINDS}, and this file is ${type || 'of a kind that the browser does not know'}. Save it as one of these, or choose another.`;
  }
  if (size === 0) return 'This file is empty. Choose another.';
  if (size <= MOST_PICTURE_BYTES) return null;
  return `A picture may have ${wholeNumber(MOST_PICTURE_BYTES / 1e6)} MB, and this one has ${wholeNumber(Math.ceil(size / 1e6))}. Make it smaller, or choose another.`;
}

/** The pictures of one visit. */
export class PictureUpload {
  readonly #options: PictureOptions;
  /** The picture that was sent last: an entry that is sent again need not send it again. */
  #last: { readonly file: File; readonly key: string } | null = null;

  constructor(options: PictureOptions) {
    this.#options = options;
  }

  /**
   * @returns its key, which an entry may name
   * @throws with what to do, also when `signal` was aborted
   */
  async send(file: File, signal: AbortSignal): Promise<string> {
    if (this.#last?.file === file) return this.#last.key;
    const { announce, refusalIn, onProgress } = this.#options;
    const sha256 = hex(await crypto.subtle.digest('SHA-256', await bytesOf(file)));
    const announcing = announce(JSON.stringify({ type: file.type, length: file.size, sha256 }));
    const announced = await Promise.race([announcing, aborted(signal)]);
    if (typeof announced === 'string') throw new Error(announced);
    if (announced.status !== 201) throw new Error(refusalIn(announced));
    const { key, upload } = JSON.parse(announced.body) as Announced;
    const sent = await put(upload, file, onProgress, signal);
    if (sent.status >= 300) throw new Error(refusalIn(sent));
    this.#last = { file, key };
    return key;
  }

  /** Forgets the picture of an entry that is kept: the next entry is another. */
  forget(): void {
    this.#last = null;
  }
}

async function bytesOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new Error('This file cannot be read any more. Choose it again.');
  }
}

/** `fetch` does not say how much of a body is sent. */
function put(
  { method, url, headers }: Upload,
  file: File,
  onProgress: PictureOptions['onProgress'],
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded / file.size);
    request.onload = () => resolve({ status: request.status, body: request.responseText });
    request.onerror = () =>
      reject(
        new Error(
          'The picture broke off on its way, and nothing of it was kept. Look whether there is a network, and sign again.',
        ),
      );
    const cancel = (): void => {
      request.abort();
      // Before the first byte the request tells of no end.
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', cancel, { once: true });
    request.send(file);
  });
}

/** Rejects when `signal` is aborted, also when it was before. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
