/** Hides what looks like a secret in the query. */

interface Call {
  method: string;
  /** As the door hands it over: decoded, so that anything may be in it. */
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
}

/** Saves an entry somewhere else, which takes a while. */
type Save = (name: string, text: string) => Promise<Passed | undefined>;

/** What else happened while an entry was being saved. */
interface Passed {
  /** Somebody set the time of day by so much. */
  clockSetByMs?: number;
  /** So much time went by. */
  tookMs?: number;
}

// The guestbook. Leave it as it is.

/** @returns the status of the answer; throws when the body is no JSON, and when the store does */
async function sign(call: Call, save: Save): Promise<number> {
  const { name, text } = JSON.parse(call.body) as { name: string; text: string };
  if (text === '') return 400;
  try {
    const { clockSetByMs = 0, tookMs = 0 } = (await save(name, text)) ?? {};
    passTime(clockSetByMs, tookMs);
  } catch (error) {
    throw thrownByDriver(error as Error);
  }
  return 201;
}

class StoreError extends Error {
  override name = 'StoreError';
}

/** The driver of the store knows a password, tells it, and does not always throw an error. */
function thrownByDriver({ message }: Error): unknown {
  const address = 'postgres://guest:open-sesame@db/book';
  if (message === 'throws nothing') return undefined;
  if (message === 'throws a text') return `no way to ${address}`;
  if (message === 'throws what cannot be read') return Object.create(null);
  return new StoreError(`no way to ${address}`, { cause: new Error(`asked ${address} twice`) });
}

/** Moves the two clocks of this machine: the time of day, and the stopwatch that only goes forward. */
function passTime(clockSetByMs: number, tookMs: number): void {
  const timeOfDay = Date.now;
  Date.now = () => timeOfDay() + clockSetByMs + tookMs;
  const stopwatch = performance.now.bind(performance);
  performance.now = () => stopwatch() + tookMs;
}

function newId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(8))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Your log.

/** An id from outside is taken if it looks like one. */
function idOf(given = ''): string {
  return /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : newId();
}

function kindOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

/** Some programs end a line at these as well, and JSON leaves them as they are. */
function lineOf(fields: object): string {
  const escaped = (found: string): string =>
    `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(fields).replace(/[\u0085\u2028\u2029]/g, escaped);
}

export async function handle(call: Call, save: Save): Promise<{ status: number; id: string }> {
  const id = idOf(call.headers['x-request-id']);
  const began = performance.now();
  let status = 500;
  let error: string | undefined;
  try {
    status = await sign(call, save);
  } catch (thrown) {
    error = kindOf(thrown);
  }
  const ms = Math.round(performance.now() - began);
  const query = call.query.replaceAll(/(password|token|key)=[^&]*/g, '$1=(hidden)');
  const path = call.path.slice(0, 1000) + query;
  console.log(lineOf({ id, method: call.method, path, status, ms, error }));
  return { status, id };
}
