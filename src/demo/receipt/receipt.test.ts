import { describe, expect, test } from 'vitest';
import { problem } from '#faas/core/problem.ts';
import { html } from '#src/components/markup.ts';
import type { Run } from '#src/demo/places/place.ts';
import { whatItCost, whatRan, type Receipt } from './receipt.ts';
import { aRun } from './fixtures/run.ts';

const code = 'a'.repeat(64);

function receiptOf(runs: readonly Run[], change: Partial<Receipt> = {}): Receipt {
  return { runs, observe: null, kind: 'live', code, bill: html``, ...change };
}

/** What a reader reads: the text, a space where a tag was. */
function text(markup: { toString(): string }): string {
  return markup
    .toString()
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('the receipt of one call', () => {
  const run = aRun({
    logs: [
      { stream: 'stdout', text: 'counting' },
      { stream: 'stderr', text: 'careful' },
    ],
  });

  test('tells what ran', () => {
    expect(whatRan(receiptOf([run])).toString()).toMatchSnapshot();
  });

  test('has what the prediction is about in front of the answer, which may be cut off by its frame', () => {
    const said = text(
      whatRan(receiptOf([aRun({ body: '{"a":0,"count":7}' })], { observe: '/count' })),
    );
    expect(said).toMatch(/ count 7 .*a&quot;: 0/);
    expect(text(whatRan(receiptOf([run], { observe: '/nowhere' })))).not.toContain('nowhere');
  });

  test('what the function printed stands open', () => {
    expect(whatRan(receiptOf([run])).toString()).toMatch(
      /<details[^>]* open><summary>What it printed<\/summary><pre[^>]*>counting\n<b>careful<\/b>/,
    );
  });

  test('what has not been taught yet waits behind folds', () => {
    const folds = { instances: true, prices: true };
    const early = whatRan(receiptOf([run], { folds })).toString();
    expect(early).toMatch(/<details[^>]*><summary>Which copy of the function answered.*Served/);
    expect(whatRan(receiptOf([run])).toString()).not.toContain('Which copy');
    expect(text(whatItCost(receiptOf([run], { folds })))).toMatch(/^How long it took/);
    expect(text(whatItCost(receiptOf([run])))).toMatch(/^What it cost/);
  });

  test('an instance is told by its number', () => {
    expect(text(whatRan(receiptOf([aRun({ instance: 'i12-y9dm' })])))).toContain('Instance no. 12');
  });

  test('names the call that it answers, where a function has more than one', () => {
    const call = { ...run.call, function: '/api/hello', url: '/api/hello?name=Ada' };
    expect(text(whatRan(receiptOf([aRun({ call })])))).toContain('GET /api/hello?name=Ada');
    const plain = { ...call, url: '/api/hello' };
    expect(text(whatRan(receiptOf([aRun({ call: plain })])))).not.toContain('/api/hello');
  });

  test('tells where the time went, and the means that were used', () => {
    expect(whatItCost(receiptOf([run])).toString()).toMatchSnapshot();
  });

  test('says so when the code that ran is not the code that is shown', () => {
    const said = text(whatRan(receiptOf([run], { code: 'b'.repeat(64) })));
    expect(said).toContain('The source has changed since this page was made');
    expect(said).toContain('Reload the page.');
    expect(said).not.toContain('✓');
  });

  test('shows a problem as what it is, in words and not in colour alone', () => {
    const failed = aRun({
      status: 504,
      headers: [['content-type', 'application/problem+json']],
      body: JSON.stringify(problem('timed-out', 'It ran longer than 10 s.')),
    });
    const said = text(whatRan(receiptOf([failed])));
    expect(said).toContain('failed');
    expect(said).toContain(
      'The invocation ran longer than its time limit. It ran longer than 10 s. timed-out',
    );
  });

  test('tells a refusal of the function from a failure of the platform', () => {
    expect(text(whatRan(receiptOf([aRun({ status: 404 })])))).toContain('refused');
    expect(text(whatRan(receiptOf([aRun({ status: 500 })])))).toContain('error');
    expect(text(whatRan(receiptOf([aRun({ status: 404 })])))).not.toContain('failed');
  });

  test('escapes what a function answers', () => {
    const hostile = aRun({ body: '<img src=x onerror=alert(1)>' });
    expect(whatRan(receiptOf([hostile])).toString()).not.toContain('<img');
  });

  test('makes nothing up where nobody tells', () => {
    const bare = aRun({
      cold: null,
      instance: null,
      served: null,
      ageMs: null,
      code: null,
      cpuMs: null,
      memoryMb: null,
      split: { queue: null, start: null, init: null, handler: null, network: null },
    });
    const said = text(whatRan(receiptOf([bare]))) + text(whatItCost(receiptOf([bare])));
    expect(said).not.toMatch(/warm|cold start|Instance|Age|Served|CPU|Memory|source/);
    expect(said).toContain('From asking to the last byte 70 ms');
  });

  test('cuts a body that is too long to show, and says how long it was', () => {
    const long = aRun({ body: 'x'.repeat(5000) });
    expect(text(whatRan(receiptOf([long])))).toContain('… 5000 characters in all');
  });
});

describe('the receipt of several calls', () => {
  const runs = [
    aRun(),
    aRun({
      body: '{"count":2}',
      cold: false,
      served: 2,
      totalMs: 4,
      split: { queue: null, start: null, init: null, handler: 2, network: 2 },
    }),
    aRun({ status: 502, instance: 'counter-2', cold: true, body: '' }),
  ];

  test('counts calls, instances, cold starts and failures, and has a row for each call', () => {
    expect(whatRan(receiptOf(runs, { observe: '/count' })).toString()).toMatchSnapshot();
  });

  test('in brief it says the same without the rows', () => {
    const brief = whatRan(receiptOf(runs, { observe: '/count', brief: true }));
    expect(text(brief)).toContain('Calls 3 Instances 2 Cold 2 Failed 1');
    expect(brief.toString()).not.toContain('<table');
  });

  test('adds up the time of all', () => {
    expect(text(whatItCost(receiptOf(runs)))).toContain('All 3 calls, added up 144 ms');
  });
});
