import { expect, test } from 'vitest';
import { drawFlow, flowSummary } from './draw.ts';
import { comeBy, flowThrough } from './flow.ts';
import { flowOf } from './setup.ts';
import { flowCounts, flowTable } from './table.ts';

const flowFor = (query: string, nowMs?: number) =>
  flowThrough(flowOf(new URLSearchParams(query)), nowMs);

const letIn = (query: string): number => flowFor(query).calls.filter(({ isLet }) => isLet).length;

test('thirty calls in a second find ten tokens, and what grows meanwhile', () => {
  expect(letIn('')).toBe(14);
  expect(letIn('span=0')).toBe(10);
  expect(letIn('rate=1&burst=3')).toBe(3);
});

test('a minute’s silence fills the bucket once, and not sixty times', () => {
  expect(letIn('rate=1&burst=3&span=0&waves=2&pause=60000')).toBe(6);
});

test('AWS’s example, a hundred times smaller: fifty, and a tenth of a second later ten more', () => {
  expect(letIn('rate=100&burst=50&calls=50&span=0&waves=2&pause=100')).toBe(60);
});

test('what is drawn is what has come by then', () => {
  const flow = flowFor('', 500);
  expect(comeBy(flow)).toHaveLength(15);
  expect(flowSummary(flow)).toBe('After 500 ms: 15 calls, 12 let in, 3 refused.');
  const drawn = String(drawFlow(flow));
  expect(drawn.match(/<rect class="let" x="\d/g)).toHaveLength(12 + 1);
  expect(drawn).toContain('aria-label="After 500 ms: 15 calls, 12 let in, 3 refused."');
});

test('calls of one moment are one mark with their number', () => {
  const drawn = String(drawFlow(flowFor('span=0')));
  expect(drawn).toContain('>10</text>');
  expect(drawn).toContain('>20</text>');
});

test('the table has a row for each stretch of the same answer, and says when to come again', () => {
  const table = String(flowTable(flowFor('rate=1&burst=3&span=0')));
  expect(table).toContain('>1 to 3</th><td>0 ms</td><td>let in</td><td>0</td>');
  expect(table).toContain('>4 to 30</th><td>0 ms</td><td>429, come again after 1 s</td>');
});

test('the counts name what cannot be exceeded', () => {
  const counts = String(flowCounts(flowFor('span=0')));
  expect(counts).toContain('10 let in by 0 ms. At most it can be 10 + 5 × 0 s: 10 whole calls,');
  expect(counts).toContain('<dt>The function has served</dt><dd>10</dd>');
});
