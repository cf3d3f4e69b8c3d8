/**
 * The function contract for JavaScript runtimes: finds a module's handler, checks its response and
 * describes its errors. It runs inside instances and imports nothing.
 */

/** A function's handler: a web-standard Request in, a Response out. */
export type Handler = (request: Request) => Response | Promise<Response>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The module's handler. @throws when it has none, with the names that it exports instead */
export function handlerOf(module: Readonly<Record<string, unknown>>): Handler {
  const standard = module['default'];
  if (typeof standard === 'object' && standard !== null && 'fetch' in standard) {
    if (typeof standard.fetch === 'function') return standard.fetch.bind(standard) as Handler;
  }
  const methods = METHODS.filter((name) => typeof module[name] === 'function');
  if (methods.length > 0) return (request) => byMethod(module, methods, request);
  const found = Object.keys(module).join(', ') || 'nothing';
  throw new Error(
    `It exports ${found}. Expected export default { fetch(request) { … } }, or functions named for methods, such as GET.`,
  );
}

function byMethod(
  module: Readonly<Record<string, unknown>>,
  methods: readonly string[],
  request: Request,
): Response | Promise<Response> {
  if (methods.includes(request.method)) return (module[request.method] as Handler)(request);
  return new Response(null, { status: 405, headers: { allow: methods.join(', ') } });
}

/** A handler's body after its first piece: either complete, or a reader with more to come. */
export type Lookahead =
  | { readonly whole: Uint8Array }
  | {
      readonly whole: null;
      readonly reader: ReadableStreamDefaultReader<Uint8Array>;
      readonly first: Uint8Array;
      readonly next: Promise<ReadableStreamReadResult<Uint8Array>>;
    };

const EMPTY = new Uint8Array();

/**
 * Reads a body's first piece. If the body ends within the same turn, it is returned whole;
 * otherwise it is streamed.
 *
 * @param turn resolves once everything that is ready now has run
 * @throws the body's error up to then, and a TypeError when a piece is not bytes
 */
export async function lookAhead(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  turn: () => Promise<undefined>,
): Promise<Lookahead> {
  if (reader === undefined) return { whole: EMPTY };
  const first = await reader.read();
  if (first.done) return { whole: EMPTY };
  assertBytes(first.value);
  const next = reader.read();
  const settled = await Promise.race([next, turn()]);
  if (settled?.done === true) return { whole: first.value };
  return { whole: null, reader, first: first.value, next };
}

/** Yields each piece as it comes. @throws TypeError when a piece is not bytes */
export async function* piecesOf({
  reader,
  first,
  next,
}: Extract<Lookahead, { whole: null }>): AsyncGenerator<Uint8Array, void> {
  yield first;
  for (let piece = await next; !piece.done; piece = await reader.read()) {
    assertBytes(piece.value);
    yield piece.value;
  }
}

/** A handler can put any value into a stream, whatever the type says. */
function assertBytes(piece: unknown): void {
  if (piece instanceof Uint8Array) return;
  throw new TypeError(
    `The answer's body holds a ${typeof piece}. Expected bytes: encode text with TextEncoder.`,
  );
}

/** @throws when the handler's result is not a Response, or one that cannot be sent */
export function asResponse(answered: unknown): Response {
  if (!(answered instanceof Response)) {
    throw new TypeError(`The handler returned ${textOf(answered)}. Expected a Response.`);
  }
  if (answered.type !== 'error') return answered;
  throw new TypeError(
    'The handler returned Response.error(), which has no status. Expected a Response with a status, such as new Response(null, { status: 502 }).',
  );
}

/** What the handler threw. Message and stack have at most 16,384 characters each. */
export interface ErrorDescription {
  readonly message: string;
  readonly stack: string;
}

/** An error's message and its stack are each cut to this many characters. */
const LONGEST_TEXT = 16_384;

/** @param ours URLs of the runtime, whose frames are left out of the stack */
export function describeError(error: unknown, ours: readonly string[]): ErrorDescription {
  if (!(error instanceof Error)) return { message: cut(textOf(error)), stack: '' };
  const [text, message] = [textOf(error.message), cut(textOf(error.message))];
  // A stack begins with the message, which must leave room for the frames.
  const lines = textOf(error.stack ?? '')
    .replace(text, () => message)
    .split('\n');
  const theirs = lines.filter((line) => !ours.some((url) => line.includes(url)));
  return { message, stack: cut(theirs.join('\n'), 2 * LONGEST_TEXT) };
}

function cut(text: string, longest = LONGEST_TEXT): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)} … (cut after ${longest} characters)`;
}

/** Any value as text; an object's own conversion may throw. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return `a value of type ${typeof value} that has no text`;
  }
}
