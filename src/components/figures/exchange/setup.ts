/** One call and its answer, taken apart into what each piece of it says. */

import { bytesText } from './bytes-text.ts';

/** A piece of what went over the line. */
export interface ExchangePart {
  readonly side: 'call' | 'answer';
  readonly name: string;
  /** As it was sent, with its line ends; empty where there was nothing to send. */
  readonly text: string;
  /** Who wrote it. */
  readonly author: string;
  /** What it is, in a sentence or two. */
  readonly meaning: string;
}

/** Headers that are shown; the answer of a platform has more, which are only named. */
const SHOWN = ['content-type', 'content-length'];

/**
 * @param call as it was sent @param answer as it came back
 * @throws when the answer is not one
 */
export function exchangeOf(call: string, answer: string): ExchangePart[] {
  const asked = split(call);
  const answered = split(answer);
  const shown = answered.headers.filter((line) => SHOWN.includes(nameIn(line)));
  const others = answered.headers.filter((line) => !shown.includes(line)).map(nameIn);
  const caller = 'the caller';
  const part = (
    side: ExchangePart['side'],
    name: string,
    text: string,
    author: string,
    meaning: string,
  ): ExchangePart => ({ side, name, text, author, meaning });
  return [
    part(
      'call',
      'method and address',
      asked.first,
      caller,
      'The first line says what is wanted: a method, an address with its query, and the version of the protocol.',
    ),
    part(
      'call',
      'headers',
      asked.headers.join(''),
      caller,
      'A header is a name and a value. The caller chooses what stands here, so nothing here proves itself.',
    ),
    part('call', 'empty line', '\r\n', caller, 'An empty line ends the headers.'),
    part(
      'call',
      'body',
      asked.body,
      caller,
      asked.body === ''
        ? 'A GET has no body. A POST has one here, and a header that says how long it is.'
        : `The body, ${bytesText(asked.body)} long.`,
    ),
    part(
      'answer',
      'status',
      answered.first,
      'the handler, and the platform’s own server',
      'The answer’s first line: the protocol, and how it went. The handler chose the number.',
    ),
    part(
      'answer',
      'headers',
      shown.join(''),
      'the handler; the length by the platform’s own server',
      `What kind of text the body is, and how many bytes of it will come. The platform added ${others.length} more, left out here: ${others.join(', ')}.`,
    ),
    part('answer', 'empty line', '\r\n', 'the platform’s own server', 'Again an empty line.'),
    part(
      'answer',
      'body',
      answered.body,
      'the handler',
      `The body: ${bytesText(answered.body)}, as the header said. The caller stops reading here.`,
    ),
  ];
}

function split(message: string): { first: string; headers: string[]; body: string } {
  const end = message.indexOf('\r\n\r\n');
  if (!/^(HTTP\/1\.1 \d{3}|[A-Z]+ \/)/.test(message) || end === -1) {
    throw new Error(
      `Expected a message of HTTP/1.1, found ${JSON.stringify(message.slice(0, 80))}.`,
    );
  }
  const [first = '', ...headers] = message.slice(0, end).split('\r\n');
  const lines = headers.map((line) => `${line}\r\n`);
  return { first: `${first}\r\n`, headers: lines, body: message.slice(end + 4) };
}

function nameIn(header: string): string {
  return header.slice(0, header.indexOf(':')).toLowerCase();
}
