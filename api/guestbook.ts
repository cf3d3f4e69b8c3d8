/** A guestbook on a database: an entry that was answered is there, whatever happens to the instance that took it. */

import { badRequest } from './_lib/bad-request.ts';
import { NoObjects } from './_lib/no-objects.ts';
import { announcePicture, isPictureKey, publishPicture } from './_lib/pictures.ts';
import { problem } from './_lib/problem.ts';
import { sql } from './_lib/sql.ts';
import { orStoreProblem } from './_lib/store-problem.ts';

const MOST = { name: 80, text: 1000, entries: 100 };
const NEWEST = 20;

/** What somebody writes. */
interface Signed {
  /** Made by the caller, so that what is sent twice is one entry; null leaves it to the database. */
  readonly id: string | null;
  readonly name: string;
  readonly text: string;
  /** Key of a picture that has been sent; null for none. */
  readonly picture: string | null;
}

/** The newest entries, the newest first: `?limit=20`. */
export function GET(request: Request): Promise<Response> {
  return orStoreProblem(async () => {
    const limit = Number(new URL(request.url).searchParams.get('limit') ?? NEWEST);
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST.entries) {
      return badRequest(
        `"limit" is a whole number from 1 to ${MOST.entries}. Leave it out for ${NEWEST}.`,
      );
    }
    // #region read
    const entries = await sql`
      select id, name, text, picture, at from guestbook
      order by at desc, id limit ${limit}`;
    // #endregion
    return Response.json({ entries });
  });
}

/**
 * Signs the book: `{ "name": "Ada", "text": "Hello" }`, or a form with these fields. With `?picture` it
 * says where a picture can be sent, whose key an entry may then name.
 */
export function POST(request: Request): Promise<Response> {
  return orStoreProblem(async () => {
    if (new URL(request.url).searchParams.has('picture')) {
      return orNoObjects(async () => announcePicture(await jsonOf(request)));
    }
    const isForm = /^application\/x-www-form-urlencoded/i.test(
      request.headers.get('content-type') ?? '',
    );
    const signed = read(await (isForm ? formOf(request) : jsonOf(request)));
    if (typeof signed === 'string') return badRequest(signed);
    const answer = await orNoObjects(() => save(signed));
    // A page without scripts shows the book again.
    return isForm && answer.ok
      ? new Response(null, { status: 303, headers: { location: '../guestbook/' } })
      : answer;
  });
}

async function save(signed: Signed): Promise<Response> {
  // Before the entry, which must name nothing that cannot be seen. Twice does no harm.
  const picture = signed.picture === null ? null : await publishPicture(signed.picture);
  if (signed.picture !== null && picture === null) {
    return badRequest(
      `No picture was sent under "${signed.picture}", or it was removed after a day without an entry. Send it first.`,
    );
  }
  return insert({ ...signed, picture });
}

// #region save
/** One statement: the entry is there, or it was there already. @param picture its public address */
async function insert({ id, name, text, picture }: Signed): Promise<Response> {
  const [entry] = await sql`
    insert into guestbook (id, name, text, picture)
    values (coalesce(${id}::uuid, gen_random_uuid()), ${name}, ${text}, ${picture})
    on conflict (id) do nothing
    returning id, name, text, picture, at`;
  if (entry !== undefined) return Response.json(entry, { status: 201 });
  const [first] = await sql`select id, name, text, picture, at from guestbook where id = ${id}`;
  const isSame = first?.['name'] === name && first['text'] === text && first['picture'] === picture;
  return isSame ? Response.json(first) : alreadyOther(id);
}
// #endregion

function alreadyOther(id: string | null): Response {
  return problem(
    409,
    'Conflict',
    `There is an entry with the id ${id}, and it says something else. Make a new id for each new entry.`,
  );
}

/** Answers for the object store where there is none, or none for this function. */
async function orNoObjects(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    if (error instanceof NoObjects) return error.response;
    throw error;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @returns what was expected and what came, when it is no entry */
function read(value: unknown): Signed | string {
  const expected = 'Expected { "name": "Ada", "text": "Hello" }';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `${expected}, and what came is no such JSON.`;
  }
  const { id = null, name, text, picture = null } = value as Record<string, unknown>;
  if (id !== null && (typeof id !== 'string' || !UUID.test(id))) {
    return '"id" is a UUID that you make for each entry, such as 5f0c3e2a-6b1d-4c8e-9a57-2f1b0c9d8e7f. Leave it out, and the database makes one.';
  }
  if (!isText(name, MOST.name))
    return `${expected}, where "name" has 1 to ${MOST.name} characters.`;
  if (!isText(text, MOST.text))
    return `${expected}, where "text" has 1 to ${MOST.text} characters.`;
  if (picture !== null && !isPictureKey(picture)) {
    return '"picture" is the key that POST /api/guestbook?picture answered. Leave it out for an entry without one.';
  }
  return {
    id: id === null ? null : id.toLowerCase(),
    name: name.trim(),
    text: text.trim(),
    picture,
  };
}

/** Postgres keeps every character but the one that is none. */
function isText(value: unknown, most: number): value is string {
  if (typeof value !== 'string' || value.includes('\0')) return false;
  const { length } = [...value.trim()];
  return length >= 1 && length <= most;
}

/** Null when it is no JSON. */
function jsonOf(request: Request): Promise<unknown> {
  return request.json().catch(() => null);
}

async function formOf(request: Request): Promise<unknown> {
  return Object.fromEntries(new URLSearchParams(await request.text()));
}
