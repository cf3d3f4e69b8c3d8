/** How the end of an HTTP/1.1 message's body is known (RFC 9112, 6.3). */

import { parseLength, type FlatHeaders } from './head.ts';

export type Framing =
  | { readonly is: 'none' }
  | { readonly is: 'length'; left: number }
  | { readonly is: 'chunks'; left: number; at: 'size' | 'data' | 'after data' | 'trailer' }
  | { readonly is: 'connection' };

export interface Framed {
  readonly framing: Framing;
  /** Whether the connection can carry another exchange afterwards. */
  readonly keepsOpen: boolean;
}

/** A request that says nothing of a body has none. @throws when what it says is ambiguous */
export function frameRequest(headers: FlatHeaders): Framed {
  const said = whatIsSaid(headers);
  return {
    framing: statedFraming(said) ?? { is: 'none' },
    keepsOpen: !/\bclose\b/i.test(said.connection),
  };
}

/**
 * @param toHead whether it answers HEAD, and so has no body whatever its head says
 * @throws when what it says is ambiguous
 */
export function frameResponse(
  { status, isPersistent }: { readonly status: number; readonly isPersistent: boolean },
  headers: FlatHeaders,
  toHead: boolean,
): Framed {
  const said = whatIsSaid(headers);
  const hasNone = toHead || status === 204 || status === 304;
  const framing = hasNone ? ({ is: 'none' } as const) : statedFraming(said);
  if (framing === null) return { framing: { is: 'connection' }, keepsOpen: false };
  const word = isPersistent ? /\bclose\b/i : /\bkeep-alive\b/i;
  return { framing, keepsOpen: word.test(said.connection) !== isPersistent };
}

interface Said {
  readonly length: string | null;
  readonly coding: string | null;
  readonly connection: string;
}

function whatIsSaid(headers: FlatHeaders): Said {
  let length: string | null = null;
  let coding: string | null = null;
  let connection = '';
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i];
    const value = headers[i + 1] ?? '';
    // One that comes twice is joined to what is no number and no coding.
    if (name === 'content-length') length = length === null ? value : `${length},${value}`;
    else if (name === 'transfer-encoding') coding = coding === null ? value : `${coding},${value}`;
    else if (name === 'connection') connection += `,${value}`;
  }
  return { length, coding, connection };
}

function statedFraming({ length, coding }: Said): Framing | null {
  if (coding !== null) {
    if (coding.toLowerCase() !== 'chunked' || length !== null) {
      throw new Error('The framing of the message is ambiguous');
    }
    return { is: 'chunks', left: 0, at: 'size' };
  }
  if (length === null) return null;
  const left = parseLength(length);
  if (left === null) throw new Error('The length of the message is ambiguous');
  return left === 0 ? { is: 'none' } : { is: 'length', left };
}
