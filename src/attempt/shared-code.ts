/**
 * Code in the fragment of an address: compressed, bounded, and read with a limit, since a link can be
 * made up. What it brings is only ever shown; it never runs by itself.
 */

/** A longer fragment is cut by some chats and address bars: then a file is offered. In characters. */
export const LONGEST_LINK = 8_000;
/** More code than this is not read out of a link. In characters. */
const LONGEST_CODE = 100_000;

/** The code as text of letters, digits, - and _; null when it is too long for a link. */
export async function codeToText(code: string): Promise<string | null> {
  const stream = streamOf(code).pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return text.length <= LONGEST_LINK ? text : null;
}

/** The code in such a text, which may have something after it; null when it holds none. */
export async function codeFromText(given: string): Promise<string | null> {
  const [text = ''] = /^[\w-]*/.exec(given) ?? [];
  if (text === '' || text.length > LONGEST_LINK) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const stream = streamOf(bytes).pipeThrough(new DecompressionStream('deflate-raw'));
    return await readBounded(stream);
  } catch {
    return null;
  }
}

function streamOf(body: string | Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Response(body).body ?? new ReadableStream();
}

async function readBounded(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  const decoder = new TextDecoder();
  let code = '';
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return code + decoder.decode();
    code += decoder.decode(value, { stream: true });
    if (code.length > LONGEST_CODE) {
      await reader.cancel();
      return null;
    }
  }
}
