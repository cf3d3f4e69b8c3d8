/** The object store over HTTP: private objects by signed addresses, public ones by their hash. */

import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { MOUNTS, type ResourceEntry } from '../../api.ts';
import type { FunctionSpec } from '../../core/function.ts';
import { problem, type ProblemCode } from '../../core/problem.ts';
import type { TraceEvent } from '../../core/trace/trace.ts';
import { KnownFailure } from '../../drivers/failure.ts';
import { sendProblem } from '../../gateway/message.ts';
import {
  sendRepresentation,
  type Pour,
  type Representation,
} from '../../gateway/representation.ts';
import { whyNotGranted } from '../grant-refusal.ts';
import type { Resource } from '../resource.ts';
import { NotStored, ObjectFolder, type StoredObject, type WriteFault } from './object-folder.ts';
import {
  isSha256,
  isSigned,
  PRIVATE_PATH,
  PUBLIC_PATH,
  readSignedAddress,
  signingKey,
  whyExpired,
  type Claims,
} from './signed-address.ts';

/** What an object store is made with. */
export interface ObjectStoreOptions {
  /** Folder of the objects. It need not be there. */
  readonly folder: string;
  /** Whether the project grants the function `objects`. */
  readonly isGranted: (name: string) => boolean;
  /** In ms since the Unix epoch. */
  readonly now: () => number;
  readonly emit: (event: TraceEvent) => void;
}

/** Largest object, in bytes: what one PUT may bring to S3 is 5 GB; this is a folder on a laptop. */
const MOST_BYTES = 1_000_000_000;

/** What a public address is cached for. Its name is the hash of its content, so it never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** An object comes from outside: whatever it is, the browser runs nothing of it. */
const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** A request that is refused. */
class Refused extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.code = code;
    this.headers = headers;
  }
}

/** A folder of objects behind `/_objects/`. */
export class ObjectStore implements Resource {
  readonly path = MOUNTS.objects;
  readonly #options: ObjectStoreOptions;
  readonly #folder: ObjectFolder;
  readonly #since: number;
  #secret: Buffer | null = null;

  constructor(options: ObjectStoreOptions) {
    this.#options = options;
    this.#folder = new ObjectFolder(options.folder, options.now);
    this.#since = options.now();
  }

  entry(): ResourceEntry {
    const about = {
      private: this.#folder.count('private'),
      public: this.#folder.count('public'),
      folder: this.#options.folder,
    };
    return { kind: 'objects', name: 'objects', state: 'ready', since: this.#since, about };
  }

  variablesFor({ name }: FunctionSpec, origin: string): Readonly<Record<string, string>> {
    const variables = {
      OBJECTS_URL: `${origin}${MOUNTS.objects.slice(0, -1)}`,
      OBJECTS_NAME: name,
    };
    if (!this.#options.isGranted(name)) return variables;
    try {
      return { ...variables, OBJECTS_KEY: this.#keyOf(name).toString('hex') };
    } catch (error) {
      const why = ofDisk(error, this.#options.folder);
      throw why === null ? error : new KnownFailure('start-failed', why.message);
    }
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { url = '' } = request;
      if (url.startsWith(PUBLIC_PATH)) await this.#public(url, request, response);
      else if (url.startsWith(PRIVATE_PATH)) await this.#private(url, request, response);
      else {
        const detail = `Objects are under ${PUBLIC_PATH} and ${PRIVATE_PATH}; ${url} is neither.`;
        throw new Refused('not-found', detail);
      }
    } catch (error) {
      const refused = error instanceof Refused ? error : ofDisk(error, this.#options.folder);
      if (refused === null) throw error;
      sendProblem(response, problem(refused.code, refused.message), refused.headers);
    } finally {
      // What is left of an upload would block the next request on the connection.
      request.resume();
    }
  }

  async #public(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sha256 = url.slice(PUBLIC_PATH.length).split('?', 1)[0] ?? '';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const detail = `A public object answers GET, not ${request.method ?? ''}: it never changes.`;
      throw new Refused('method-not-allowed', detail, { allow: 'GET, HEAD' });
    }
    const found = isSha256(sha256) ? await this.#folder.findPublic(sha256) : null;
    if (found === null) {
      const detail = `No public object is at ${PUBLIC_PATH}${sha256}. Its name is the SHA-256 of its content, 64 digits in lower-case hex; a private object gets it when it is made public.`;
      throw new Refused('not-found', detail);
    }
    sendRepresentation(request, response, representationOf(found, FOR_EVER), pour);
  }

  async #private(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const claims = this.#checked(url, request.method ?? '');
    if (claims.method === 'PUT') {
      await this.#store(claims, request, response);
      return;
    }
    const published = claims.method === 'POST' ? await this.#folder.publish(claims) : null;
    const found = claims.method === 'GET' ? await this.#folder.find(claims) : published;
    if (found === null) {
      throw new Refused(
        'not-found',
        `No object "${claims.key}" is there; it was never stored, or has been removed.`,
      );
    }
    if (claims.method === 'POST') {
      this.#tell('object.published', claims, found);
      sendObject(response, 200, found, `${PUBLIC_PATH}${found.sha256}`);
      return;
    }
    // An address expires, and a cache would not notice: it asks again each time.
    sendRepresentation(request, response, representationOf(found, 'private, no-cache'), pour);
  }

  async #store(claims: Claims, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { upload } = claims;
    if (upload === null) throw new Error('a PUT without an upload was let through');
    const length = request.headers['content-length'];
    if (length === undefined) {
      throw new Refused(
        'length-required',
        'An upload says its Content-Length; this one came in chunks.',
      );
    }
    if (Number(length) !== upload.length) {
      throw refusedAddress(`It is for ${upload.length} bytes, and ${length} came.`);
    }
    const type = request.headers['content-type'] ?? '';
    if (type !== upload.type) {
      throw refusedAddress(`It is for the type ${upload.type}, and "${type}" came.`);
    }
    if (upload.length > MOST_BYTES) {
      const detail = `An object may have ${MOST_BYTES} bytes; this one has ${upload.length}.`;
      throw new Refused('body-too-large', detail);
    }
    // Stopping early must not destroy the connection: the answer still has to go out on it.
    const source = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const stored = await this.#folder.write(claims, upload, source).catch((error: unknown) => {
      throw error instanceof NotStored ? notStored(error) : error;
    });
    this.#tell('object.created', claims, stored);
    sendObject(response, 201, stored, null);
  }

  /** @throws Refused when the address, the signature or the grant does not allow it */
  #checked(url: string, method: string): Claims {
    const read = readSignedAddress(url);
    if (typeof read === 'string') throw refusedAddress(read);
    const { claims } = read;
    if (!isSigned(this.#keyOf(claims.by), read)) {
      throw refusedAddress(
        'Its signature does not fit: the method, path, length, type, hash, expiry or who signed it is not what was signed.',
      );
    }
    const expired = whyExpired(claims, this.#options.now());
    if (expired !== null) throw refusedAddress(expired);
    if (method !== claims.method && !(method === 'HEAD' && claims.method === 'GET')) {
      throw refusedAddress(`It is for ${claims.method}, and ${method} came.`);
    }
    if (!this.#options.isGranted(claims.by)) {
      throw new Refused('not-granted', whyNotGranted(claims.by, 'objects'));
    }
    return claims;
  }

  #keyOf(by: string): Buffer {
    this.#secret ??= this.#folder.secret;
    return signingKey(this.#secret, by);
  }

  #tell(
    type: 'object.created' | 'object.published',
    { by, key }: Claims,
    found: StoredObject,
  ): void {
    this.#options.emit({
      type,
      at: this.#options.now(),
      subject: { kind: 'object', name: by },
      key,
      bytes: found.length,
      contentType: found.type,
      sha256: found.sha256,
    });
  }
}

function refusedAddress(reason: string): Refused {
  return new Refused('address-refused', `This address is refused. ${reason}`);
}

const FAULTS: Readonly<Record<WriteFault, ProblemCode>> = {
  exists: 'object-exists',
  'cut-short': 'bad-request',
  'other-length': 'address-refused',
  'other-content': 'other-content',
};

function notStored({ fault, message }: NotStored): Refused {
  return new Refused(FAULTS[fault], message);
}

const UNUSABLE: readonly string[] = ['EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOTDIR'];

/** What a failure of the disk says to the reader; null when it is not the disk's. */
function ofDisk(error: unknown, folder: string): Refused | null {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    const detail = `The disk of ${folder} is full (${message}). Nothing of this object was kept. Make room there, and send it again to the same address.`;
    return new Refused('storage-full', detail);
  }
  if (UNUSABLE.includes(code)) {
    const detail = `The object store could not use ${folder} (${message}). Let this user write there, and try again.`;
    return new Refused('store-unavailable', detail, { 'retry-after': '5' });
  }
  return null;
}

function sendObject(
  response: ServerResponse,
  status: 200 | 201,
  { key, sha256, type, length }: StoredObject,
  url: string | null,
): void {
  const body = JSON.stringify({ key, sha256, type, length, ...(url !== null && { url }) });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    etag: `"${sha256}"`,
    ...(url !== null && { location: url }),
  });
  response.end(body);
}

/** Content on disk. */
interface FileContent {
  readonly byteLength: number;
  readonly file: string;
}

function representationOf(
  { file, length, type, sha256, at }: StoredObject,
  caching: string,
): Representation<FileContent> {
  return {
    bytes: { byteLength: length, file },
    coded: {},
    hash: sha256,
    modified: new Date(at),
    headers: { 'content-type': type, 'cache-control': caching, ...HARMLESS },
  };
}

const pour: Pour<FileContent> = (response, { file }, range) => {
  // If the file fails, the pipeline closes the connection; nothing else can be sent to the caller.
  pipeline(createReadStream(file, range ?? {}), response).catch(() => undefined);
};
