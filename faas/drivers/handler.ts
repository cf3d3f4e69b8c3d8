/**
 * The function contract as a runtime in JavaScript sees it: which handler a module has, and what an
 * answer or an error of it comes to. It runs inside of instances and imports nothing.
 */

export type Handler = (request: Request) => Response | Promise<Response>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** @throws when the module has none, with what it exports instead */
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

/** Where a handler's body stands once its first bytes are known. */
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
 * A body that is known by the time its first bytes are is whole; any other comes as it comes.
 *
 * @param turn resolves after what is ready now has had its turn
 * @throws what breaks the body before that, and when it is not of bytes
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

/** Each piece as it comes. @throws when one is not of bytes */
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

/** A stream can be given anything, whatever its type says. */
function assertBytes(piece: unknown): void {
  if (piece instanceof Uint8Array) return;
  throw new TypeError(
    `The answer's body holds a ${typeof piece}. Expected bytes: encode text with TextEncoder.`,
  );
}

/** @throws when a handler returned anything but a Response that can be sent */
export function asResponse(answered: unknown): Response {
  if (!(answered instanceof Response)) {
    throw new TypeError(`The handler returned ${textOf(answered)}. Expected a Response.`);
  }
  if (answered.type !== 'error') return answered;
  throw new TypeError(
    'The handler returned Response.error(), which has no status. Expected a Response with a status, such as new Response(null, { status: 502 }).',
  );
}

export interface ErrorDescription {
  readonly message: string;
  readonly stack: string;
}

/** Of an error's message, and of its stack, no more than this is passed on. In characters. */
const LONGEST_TEXT = 16_384;

/** @param ours URLs whose frames say nothing to the author of the function */
export function describeError(error: unknown, ours: readonly string[]): ErrorDescription {
  if (!(error instanceof Error)) return { message: cut(textOf(error)), stack: '' };
  const [text, message] = [textOf(error.message), cut(textOf(error.message))];
  // A stack opens with the message, which must leave room for the frames.
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

/** Whatever was thrown or returned: an object need not let itself be written. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return `a value of type ${typeof value} that has no text`;
  }
}
