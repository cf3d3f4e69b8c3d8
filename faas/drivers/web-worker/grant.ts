/** In the page: does the favors that a sandbox asks for, as far as they are granted. */

import type { HeaderList } from '../../api.ts';
import type { Favor, FavorResult } from './messages.ts';

/** Whether code in a sandbox may fetch this address, through the page and without its cookies. */
export type FetchGrant = (url: URL, method: string) => boolean;

/** What the page itself answers in the network's place; null for every other address. */
export type FetchAnswer = (asked: Extract<Favor, { kind: 'fetch' }>) => Promise<FavorResult> | null;

/** What a sandbox may ask for. */
export interface Granted {
  readonly mayFetch: FetchGrant;
  /** @default answers nothing */
  readonly answer?: FetchAnswer;
}

/** Never rejects: a refusal is a result, with its reason. */
export async function doFavor(favor: Favor, { mayFetch, answer }: Granted): Promise<FavorResult> {
  try {
    if (favor.kind === 'fetch') return await (answer?.(favor) ?? fetchFor(favor, mayFetch));
    const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
    if (subtle === undefined) {
      return { refused: 'This page came over plain HTTP, where browsers have no crypto.subtle.' };
    }
    return { bytes: await cryptoFor(subtle, favor) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

async function fetchFor(
  { url, method, headers, body }: Extract<Favor, { kind: 'fetch' }>,
  mayFetch: FetchGrant,
): Promise<FavorResult> {
  const address = new URL(url);
  if (!mayFetch(address, method)) {
    const { origin, pathname } = address;
    return {
      refused: `fetch of ${origin}${pathname} is refused: code in this tab has no network but what its lesson grants.`,
    };
  }
  const response = await fetch(address, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body: body as Uint8Array<ArrayBuffer> | null,
    credentials: 'omit',
    redirect: 'error',
  });
  const answered: HeaderList = [...response.headers];
  return {
    status: response.status,
    headers: answered,
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

async function cryptoFor(
  subtle: SubtleCrypto,
  favor: Exclude<Favor, { kind: 'fetch' }>,
): Promise<Uint8Array> {
  const data = favor.data as Uint8Array<ArrayBuffer>;
  if (favor.kind === 'digest') return new Uint8Array(await subtle.digest(favor.hash, data));
  const algorithm = { name: 'HMAC', hash: favor.hash };
  const secret = favor.key as Uint8Array<ArrayBuffer>;
  const key = await subtle.importKey('raw', secret, algorithm, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', key, data));
}
