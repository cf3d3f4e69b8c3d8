/**
 * Objects in a folder. Each is a folder of its own, with its content and a side file that tells its key:
 * it is written elsewhere, brought to the disk, and then renamed, so that it is there whole or not at
 * all, whatever is killed. The folder's name is a hash of the key, so no key can name a device, another
 * path, or by its case another object. A rename never replaces a folder with something in it, so an object
 * is written once even when two processes write it.
 */

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Upload } from './signed-address.ts';
import { isAlive } from '../../drivers/process/is-alive.ts';

/** Names an object: each function has keys of its own. */
export interface ObjectName {
  /** Name of a function. */
  readonly by: string;
  readonly key: string;
}

/** The side file of an object. */
export interface ObjectFacts extends ObjectName, Upload {
  /** When it was whole, in ms since the Unix epoch. */
  readonly at: number;
}

/** An object that is there. */
export interface StoredObject extends ObjectFacts {
  /** File with its content. */
  readonly file: string;
}

/** What can be wrong with what arrives. */
export type WriteFault = 'exists' | 'cut-short' | 'other-length' | 'other-content';

/** The object was not stored, and nothing of it is left. */
export class NotStored extends Error {
  readonly fault: WriteFault;

  constructor(fault: WriteFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

const CONTENT = 'content';
const FACTS = 'object.json';

/** Longest time from one sweep to the next while objects arrive, in ms. */
const SWEEP_MS = 3_600_000;

/** What was being written and has not been touched for this long belongs to nobody, in ms. */
const ABANDONED_MS = 3_600_000;

/** A folder of objects. It is made when the first one arrives. */
export class ObjectFolder {
  readonly #root: string;
  readonly #now: () => number;
  #sweptAt = -Infinity;

  /** @param now in ms since the Unix epoch */
  constructor(root: string, now: () => number) {
    this.#root = root;
    this.#now = now;
  }

  /** The store's secret, 32 bytes, made at the first call and the same ever after. */
  get secret(): Buffer {
    const file = join(this.#root, 'secret');
    const before = readSecret(file);
    if (before !== null) return before;
    mkdirSync(this.#root, { recursive: true });
    const draft = `${file}-${randomUUID()}`;
    writeFileSync(draft, randomBytes(32), { mode: 0o600, flush: true });
    renameSync(draft, file);
    return readFileSync(file);
  }

  /** How many objects are there. */
  count(of: 'private' | 'public'): number {
    try {
      return readdirSync(join(this.#root, of)).length;
    } catch {
      return 0;
    }
  }

  /** The private object of this name; null when there is none. */
  find(name: ObjectName): Promise<StoredObject | null> {
    return this.#read(this.#privateFolder(name));
  }

  /** The public object with this content. @param sha256 lower-case hex */
  findPublic(sha256: string): Promise<StoredObject | null> {
    return this.#read(this.#publicFolder(sha256));
  }

  /**
   * Stores what the source brings, piece by piece, once.
   *
   * @throws NotStored when it is there already, or is not what was announced
   * @throws the system's error when the disk refuses; nothing is left of it then either
   */
  async write(
    name: ObjectName,
    upload: Upload,
    source: AsyncIterable<Uint8Array>,
  ): Promise<StoredObject> {
    await this.#sweepSometimes();
    const target = this.#privateFolder(name);
    if ((await this.#read(target)) !== null) throw alreadyThere(name);
    const draft = await this.#draft();
    try {
      await receive(join(draft, CONTENT), upload, source);
      const facts: ObjectFacts = { ...name, ...upload, at: this.#now() };
      await writeWhole(join(draft, FACTS), JSON.stringify(facts));
      if (!(await this.#place(draft, target))) throw alreadyThere(name);
      return { ...facts, file: join(target, CONTENT) };
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Makes a private object public, under the hash of its content; a second time changes nothing. Its
   * private name stays as long as it was to be kept. Null when there is no such object.
   */
  async publish(name: ObjectName): Promise<StoredObject | null> {
    const found = await this.find(name);
    if (found === null) return null;
    const target = this.#publicFolder(found.sha256);
    const before = await this.#read(target);
    if (before !== null) return before;
    const draft = await this.#draft();
    try {
      // The same bytes under a second name; where the disk knows no such thing, a copy.
      await link(found.file, join(draft, CONTENT)).catch(() =>
        copyFile(found.file, join(draft, CONTENT)),
      );
      await sync(join(draft, CONTENT));
      const { by, key, length, type, sha256 } = found;
      const facts: ObjectFacts = { by, key, length, type, sha256, keepS: null, at: this.#now() };
      await writeWhole(join(draft, FACTS), JSON.stringify(facts));
      if (!(await this.#place(draft, target))) await rm(draft, { recursive: true, force: true });
      return await this.#read(target);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Removes private objects that have been kept as long as they were to be, and what a killed process
   * left half written. @returns how many objects were removed
   */
  async sweep(): Promise<number> {
    this.#sweptAt = this.#now();
    await this.#sweepDrafts();
    let removed = 0;
    for (const entry of await namesIn(join(this.#root, 'private'))) {
      const folder = join(this.#root, 'private', entry);
      const found = await this.#read(folder);
      if (found === null || found.keepS === null || found.at + found.keepS * 1000 > this.#now())
        continue;
      await rm(folder, { recursive: true, force: true });
      removed += 1;
    }
    return removed;
  }

  async #sweepSometimes(): Promise<void> {
    if (this.#now() - this.#sweptAt >= SWEEP_MS) await this.sweep();
  }

  async #sweepDrafts(): Promise<void> {
    const drafts = join(this.#root, 'arriving');
    for (const entry of await namesIn(drafts)) {
      const folder = join(drafts, entry);
      const touched = await stat(join(folder, CONTENT)).catch(() => stat(folder).catch(() => null));
      const pid = Number(entry.split('-')[0]);
      const isOwn = pid === process.pid;
      const isAbandoned = touched === null || Date.now() - touched.mtimeMs > ABANDONED_MS;
      if (isAbandoned || (!isOwn && !isAlive(pid))) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }

  async #draft(): Promise<string> {
    const folder = join(this.#root, 'arriving', `${process.pid}-${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Renames a finished object to its place. False when another is there already. */
  async #place(draft: string, target: string): Promise<boolean> {
    await sync(draft);
    const parent = join(target, '..');
    await mkdir(parent, { recursive: true });
    for (let left = 20; ; left -= 1) {
      try {
        await rename(draft, target);
        break;
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if ((await this.#read(target)) !== null) return false;
        // On Windows a virus scanner may hold a new file open for a moment.
        if (left === 0 || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error;
        await pause(50);
      }
    }
    await sync(parent);
    return true;
  }

  async #read(folder: string): Promise<StoredObject | null> {
    try {
      const facts = JSON.parse(await readFile(join(folder, FACTS), 'utf8')) as ObjectFacts;
      return { ...facts, file: join(folder, CONTENT) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  #privateFolder({ by, key }: ObjectName): string {
    // Neither holds a line break.
    const hash = createHash('sha256').update(`${by}\n${key}`).digest('hex');
    return join(this.#root, 'private', hash);
  }

  #publicFolder(sha256: string): string {
    return join(this.#root, 'public', sha256);
  }
}

function alreadyThere({ key }: ObjectName): NotStored {
  return new NotStored(
    'exists',
    `"${key}" is there already, and an address writes once. Nothing was changed; ask for an address with another key.`,
  );
}

/** Writes what comes, and checks length and hash on the way. Holds no more than one piece. */
async function receive(
  file: string,
  { length, sha256 }: Upload,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(file, 'wx');
  try {
    for await (const piece of source) {
      bytes += piece.byteLength;
      if (bytes > length) throw new NotStored('other-length', `More than ${length} bytes came.`);
      hash.update(piece);
      await handle.writeFile(piece);
    }
    if (bytes < length) {
      throw new NotStored('cut-short', `${bytes} bytes came of ${length}; nothing was kept.`);
    }
    const came = hash.digest('hex');
    if (came !== sha256) {
      throw new NotStored(
        'other-content',
        `The content's SHA-256 is ${came}, and ${sha256} was announced. Something changed on the way, or another file was sent; nothing was kept.`,
      );
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Brings a file or a folder's list of names to the disk. Windows cannot open a folder, nor need it. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Null when there is none. */
function readSecret(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
