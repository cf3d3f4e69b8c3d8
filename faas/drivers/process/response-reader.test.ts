import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ResponseReader } from './response-reader.ts';

interface Read {
  readonly heads: (readonly [status: number, headers: readonly string[]])[];
  body: string;
  readonly isOver: boolean;
  readonly keepsOpen: boolean;
  readonly endsWithConnection: boolean;
}

function read(pieces: readonly string[], toHead = false): Read {
  const reader = new ResponseReader(toHead);
  const heads: Read['heads'] = [];
  let body = '';
  for (const piece of pieces) {
    reader.read(Buffer.from(piece, 'latin1'), {
      head: (status, headers) => heads.push([status, headers]),
      data: (part) => (body += part.toString('latin1')),
    });
  }
  const { isOver, keepsOpen, endsWithConnection } = reader;
  return { heads, body, isOver, keepsOpen, endsWithConnection };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n4\r\nwiki\r\n6;ext=1\r\npedia \r\nC\r\nin \r\n\r\nchunk\r\n0\r\nx-trailer: 1\r\n\r\n`;

describe('an answer', () => {
  test('of known length is over with its last byte', () => {
    expect(read([`${OK}Content-Type: text/plain\r\ncontent-length:  5 \r\n\r\nhello`])).toEqual({
      heads: [[200, ['Content-Type', 'text/plain', 'content-length', '5']]],
      body: 'hello',
      isOver: true,
      keepsOpen: true,
      endsWithConnection: false,
    });
    expect(read([`${OK}content-length: 5\r\n\r\nhell`])).toMatchObject({ isOver: false });
  });

  test('in chunks is put together, without their sizes, extensions and trailers', () => {
    expect(read([CHUNKED])).toMatchObject({
      body: 'wikipedia in \r\n\r\nchunk',
      isOver: true,
      keepsOpen: true,
    });
  });

  test('of neither lasts as long as its connection', () => {
    expect(read([`${OK}\r\nhel`, 'lo'])).toMatchObject({
      body: 'hello',
      isOver: false,
      keepsOpen: false,
      endsWithConnection: true,
    });
  });

  test.for([
    ['HTTP/1.1 204 No Content\r\n\r\n', false],
    ['HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n', false],
    [`${OK}content-length: 0\r\n\r\n`, false],
    [`${OK}content-length: 5\r\n\r\n`, true],
    [`${OK}transfer-encoding: chunked\r\n\r\n`, true],
  ] as const)('%j has no body', ([text, toHead]) => {
    expect(read([text], toHead)).toMatchObject({ body: '', isOver: true });
  });

  test('comes after any number of interim ones', () => {
    const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${OK}content-length: 2\r\n\r\nok`;
    const { heads, body } = read([text]);
    expect(heads.map(([status]) => status)).toEqual([100, 103, 200]);
    expect(body).toBe('ok');
  });

  test.for([
    ['HTTP/1.1', 'connection: close\r\n', false],
    ['HTTP/1.1', 'Connection: Keep-Alive\r\n', true],
    ['HTTP/1.0', '', false],
    ['HTTP/1.0', 'connection: keep-alive\r\n', true],
  ] as const)('by %s with %j: the connection is kept is %s', ([version, header, keepsOpen]) => {
    expect(read([`${version} 200 OK\r\n${header}content-length: 0\r\n\r\n`])).toMatchObject({
      keepsOpen,
    });
  });

  test('is the same however its bytes are cut', () => {
    const whole = read([CHUNKED]);
    const cuts = fc.array(fc.nat({ max: CHUNKED.length }), { maxLength: 30 });
    fc.assert(
      fc.property(cuts, (at) => {
        const ends = [...at.toSorted((a, b) => a - b), CHUNKED.length];
        const pieces = ends.map((end, i) => CHUNKED.slice(ends[i - 1] ?? 0, end));
        expect(read(pieces)).toEqual(whole);
      }),
    );
  });
});

describe('what is not one answer is refused', () => {
  test.for([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n', /not HTTP/],
    ['another version', 'HTTP/2 200\r\n\r\n', /not HTTP/],
    ['a header without a name', `${OK}: x\r\n\r\n`, /malformed/],
    ['a folded header', `${OK}a: x\r\n b\r\n\r\n`, /malformed/],
    ['a null byte in a header', `${OK}a: \0\r\n\r\n`, /malformed/],
    ['two lengths', `${OK}content-length: 1\r\ncontent-length: 2\r\n\r\n`, /ambiguous/],
    ['a length that is none', `${OK}content-length: -1\r\n\r\n`, /ambiguous/],
    [
      'a length beside chunks',
      `${CHUNKED.replace('\r\n', '\r\ncontent-length: 1\r\n')}`,
      /ambiguous/,
    ],
    ['another coding', `${OK}transfer-encoding: gzip, chunked\r\n\r\n`, /ambiguous/],
    ['a chunk without a size', `${OK}transfer-encoding: chunked\r\n\r\nx\r\n`, /no size/],
    [
      'a chunk too long',
      `${OK}transfer-encoding: chunked\r\n\r\n1\r\nab\r\n`,
      /longer than it says/,
    ],
    ['another protocol from here on', 'HTTP/1.1 101 Switching\r\n\r\n', /changes the protocol/],
    ['a second answer', `${OK}content-length: 0\r\n\r\n${OK}`, /more than it was asked/],
    ['a head without end', `${OK}a: ${'x'.repeat(70_000)}`, /too large/],
  ] as const)('%s', ([, text, message]) => {
    expect(() => read([text])).toThrow(message);
  });

  test('any bytes are read or refused, and never more than there are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 300 }), (tail) => {
        try {
          expect(read([OK, tail]).body.length).toBeLessThanOrEqual(tail.length);
        } catch (error) {
          expect((error as Error).message).toMatch(/answer/);
        }
      }),
    );
  });
});
