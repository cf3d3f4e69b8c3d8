import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameRequest, frameResponse, type Framed } from './framing.ts';
import type { FlatHeaders, Head } from './head.ts';
import { MessageReader } from './message-reader.ts';

interface Read {
  readonly heads: Head[];
  body: string;
  /** Messages that have come to their end. */
  ends: number;
  keepsOpen: boolean | null;
  readonly endsWithConnection: boolean;
}

type Frame = (headers: FlatHeaders, first: string) => Framed | null;

const asAnswer: Frame = (headers, first) => {
  const [version = '', status = ''] = first.split(' ');
  if (status.startsWith('1')) return null;
  return frameResponse(
    { status: Number(status), isPersistent: version === 'HTTP/1.1' },
    headers,
    false,
  );
};
const asAnswerToHead: Frame = (headers) =>
  frameResponse({ status: 200, isPersistent: true }, headers, true);

function read(pieces: readonly string[], frame: Frame = asAnswer): Read {
  const heads: Head[] = [];
  let [body, ends] = ['', 0];
  let keepsOpen: boolean | null = null;
  const reader = new MessageReader({
    head: (head) => {
      heads.push(head);
      const framed = frame(head.headers, head.first);
      if (framed !== null) keepsOpen = framed.keepsOpen;
      return framed?.framing ?? null;
    },
    data: (part) => (body += part.toString('latin1')),
    end: () => (ends += 1),
  });
  for (const piece of pieces) reader.read(Buffer.from(piece, 'latin1'));
  return { heads, body, ends, keepsOpen, endsWithConnection: reader.endsWithConnection };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n4\r\nwiki\r\n6;ext=1\r\npedia \r\nC\r\nin \r\n\r\nchunk\r\n0\r\nx-trailer: 1\r\n\r\n`;

describe('a message', () => {
  test('of known length is over with its last byte', () => {
    expect(read([`${OK}Content-Type: text/plain\r\ncontent-length: \t5 \r\n\r\nhello`])).toEqual({
      heads: [
        {
          first: 'HTTP/1.1 200 OK',
          headers: ['content-type', 'text/plain', 'content-length', '5'],
        },
      ],
      body: 'hello',
      ends: 1,
      keepsOpen: true,
      endsWithConnection: false,
    });
    expect(read([`${OK}content-length: 5\r\n\r\nhell`])).toMatchObject({ body: 'hell', ends: 0 });
  });

  test('in chunks is put together, without their sizes, extensions and trailers', () => {
    expect(read([CHUNKED])).toMatchObject({
      body: 'wikipedia in \r\n\r\nchunk',
      ends: 1,
      keepsOpen: true,
    });
  });

  test('that another follows is told from it', () => {
    const { heads, body, ends } = read([CHUNKED + CHUNKED]);
    expect([heads.length, body.length, ends]).toEqual([2, 44, 2]);
  });

  test('keeps what is no space of its protocol in its values', () => {
    expect(read([`${OK}a: \xa0x\xa0\r\ncontent-length: 0\r\n\r\n`]).heads[0]?.headers[1]).toBe(
      '\xa0x\xa0',
    );
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

describe('an answer', () => {
  test('of unknown length lasts as long as its connection', () => {
    expect(read([`${OK}\r\nhel`, 'lo'])).toMatchObject({
      body: 'hello',
      ends: 0,
      keepsOpen: false,
      endsWithConnection: true,
    });
  });

  test.for([
    ['HTTP/1.1 204 No Content\r\n\r\n', asAnswer],
    ['HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n', asAnswer],
    [`${OK}content-length: 0\r\n\r\n`, asAnswer],
    [`${OK}content-length: 5\r\n\r\n`, asAnswerToHead],
    [`${OK}transfer-encoding: chunked\r\n\r\n`, asAnswerToHead],
  ] as const)('%j has no body', ([text, frame]) => {
    expect(read([text], frame)).toMatchObject({ body: '', ends: 1 });
  });

  test('comes after any number of interim ones', () => {
    const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${OK}content-length: 2\r\n\r\nok`;
    const { heads, body, ends } = read([text]);
    expect(heads.map(({ first }) => first.split(' ')[1])).toEqual(['100', '103', '200']);
    expect([body, ends]).toEqual(['ok', 1]);
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
});

describe('a request', () => {
  test.for([
    ['', '', true],
    ['content-length: 0\r\n', '', true],
    ['content-length: 2\r\n', 'ok', true],
    ['connection: close\r\n', '', false],
  ] as const)(
    'with %j has the body %j, and its connection is kept: %s',
    ([headers, body, kept]) => {
      const text = `POST / HTTP/1.1\r\n${headers}\r\n${body}`;
      expect(read([text], frameRequest)).toMatchObject({ body, ends: 1, keepsOpen: kept });
    },
  );
});

describe('what is no message is refused', () => {
  test.for([
    ['a header without a name', `${OK}: x\r\n\r\n`, /malformed/],
    ['a header without a colon', `${OK}a\r\n\r\n`, /malformed/],
    ['a space before the colon', `${OK}a : x\r\n\r\n`, /malformed/],
    ['a folded header', `${OK}a: x\r\n b\r\n\r\n`, /malformed/],
    ['a null byte in a header', `${OK}a: \0\r\n\r\n`, /malformed/],
    ['a line that ends with half an end', `${OK}a: x\nb: y\r\n\r\n`, /malformed/],
    ['two lengths', `${OK}content-length: 1\r\ncontent-length: 2\r\n\r\n`, /ambiguous/],
    ['a length that is none', `${OK}content-length: -1\r\n\r\n`, /ambiguous/],
    ['a length beside chunks', CHUNKED.replace('\r\n', '\r\ncontent-length: 1\r\n'), /ambiguous/],
    ['another coding', `${OK}transfer-encoding: gzip, chunked\r\n\r\n`, /ambiguous/],
    ['a chunk without a size', `${OK}transfer-encoding: chunked\r\n\r\nx\r\n`, /no size/],
    [
      'a chunk too long',
      `${OK}transfer-encoding: chunked\r\n\r\n1\r\nab\r\n`,
      /longer than it says/,
    ],
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
          expect((error as Error).message).toMatch(/message|header/i);
        }
      }),
    );
  });
});
