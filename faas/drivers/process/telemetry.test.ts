import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readLines, readTelemetry, type Telemetry } from './telemetry.ts';

async function linesOf(pieces: readonly string[], longest?: number): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, (line) => lines.push(line), longest);
  for (const piece of pieces) {
    stream.write(piece);
    // Pieces written in the same turn would arrive as one.
    await new Promise(setImmediate);
  }
  stream.end();
  await new Promise((resolve) => stream.once('close', resolve));
  return lines;
}

test.for([
  [['a\nb\n'], ['a', 'b']],
  [
    ['a', 'b\n', '\nc'],
    ['ab', '', 'c'],
  ],
  [['é\n'], ['é']],
  [[''], []],
])('%j is the lines %j', async ([pieces = [], lines]) => {
  expect(await linesOf(pieces)).toEqual(lines);
});

test.for([
  [['abcdef\n', 'x\n']],
  [['abc', 'd', 'ef\nx\n']],
  [['abcd', '\nx\n']],
  [['abcdef', 'g'.repeat(100), '\nx']],
])('a line that is too long is one line, cut and marked: %j', async ([pieces = []]) => {
  expect(await linesOf(pieces, 3)).toEqual(['abc … (cut after 3 characters)', 'x']);
});

test('lines that are no telemetry are ignored', async () => {
  const stream = new PassThrough();
  const heard: Telemetry[] = [];
  readTelemetry(stream, (message) => heard.push(message));
  const ended = { type: 'ended', call: 1, error: null };
  stream.end(`nonsense\n[]\nnull\n{}\n${JSON.stringify(ended)}\n`);
  await new Promise((resolve) => stream.once('close', resolve));
  expect(heard).toEqual([ended]);
});

test('an error as long as a child may send it is heard', async () => {
  const stream = new PassThrough();
  const heard: Telemetry[] = [];
  readTelemetry(stream, (message) => heard.push(message));
  const text = '\u0001'.repeat(50_000);
  const ended = { type: 'ended', call: 1, error: { message: text, stack: text } } as const;
  stream.end(`${JSON.stringify(ended)}\n`);
  await new Promise((resolve) => stream.once('close', resolve));
  expect(heard).toEqual([ended]);
});
