/** A guestbook without a store, and one line of log for each call of it. */

interface Call {
  method: string;
  /** As the door hands it over: decoded, so that anything may be in it. */
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
}

/** Saves an entry somewhere else, which takes a while. */
type Save = (name: string, text: string) => Promise<number | undefined>;

// The guestbook. Leave it as it is.

/** @returns the status of the answer; throws when the body is no JSON, and when the store does */
async function sign(call: Call, save: Save): Promise<number> {
  const { name, text } = JSON.parse(call.body) as { name: string; text: string };
  if (text === '') return 400;
  try {
    // Meanwhile somebody may set the clock of this machine.
    setTimeOfDay(await save(name, text));
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

function setTimeOfDay(byMs = 0): void {
  const before = Date.now;
  if (byMs !== 0) Date.now = () => before() + byMs;
}

function newId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(8))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Your log.

/**
 * Answers a call, and prints one line of JSON for it.
 * @returns the status, and the id that stands in the line
 */
export async function handle(call: Call, save: Save): Promise<{ status: number; id: string }> {
  console.log('a call came', call.method, call.path, call.headers);
  const status = await sign(call, save);
  return { status, id: newId() };
}
