/** What an object store does for a function, in every place. */

/** A file that somebody wants to send. */
export interface Announced {
  /** In bytes. */
  readonly length: number;
  /** `image/png` */
  readonly type: string;
  /** SHA-256 of its content, lower-case hex; the store compares. */
  readonly sha256: string;
  /** How long it is kept unless it is published, in s. @default for ever */
  readonly keepS?: number;
}

/** How to send it: once, with exactly these headers, before the address expires. */
export interface UploadAddress {
  readonly method: 'PUT';
  /** Relative to the page that shows it, or whole. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** In ISO 8601. */
  readonly expiresAt: string;
}

/** An object that everyone may see from now on. Its address never changes, nor what is there. */
export interface PublicObject {
  readonly url: string;
  readonly type: string;
  readonly length: number;
  readonly sha256: string;
}

/** A store of objects. Each is private until it is published. */
export interface Objects {
  /** @param seconds until it expires @default 300 */
  uploadAddress(key: string, file: Announced, seconds?: number): Promise<UploadAddress>;
  /** Where a private object can be read. @param seconds until it expires @default 300 */
  readAddress(key: string, seconds?: number): Promise<string>;
  /** Makes it public; again changes nothing. Null when no object has this key. */
  publish(key: string): Promise<PublicObject | null>;
}
