import { describe, expect, test } from 'vitest';
import { MEASURED_STARTS } from '#src/measured/lambda-perf.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import { STARTED_KINDS, ROW_FIELDS, rowChoiceOf, startsPlan, STARTS } from './setup.ts';
import { doubtAbout, measuredStrips, ownStrips, startMsOf, startsOf, within } from './strips.ts';

const NOTHING_SAID = rowChoiceOf(new URLSearchParams());
const chosen = (state: string) => rowChoiceOf(new URLSearchParams(state));

describe('a start', () => {
  test('is what passed until the function could be called, without its handler', () => {
    const split = { queue: 3, start: 40, init: 12.5, handler: 7, network: 1 };
    expect(startMsOf(aRun({ split, totalMs: 63.5 }))).toBe(52.5);
  });

  test('is the whole call where the place does not tell its parts', () => {
    const split = { queue: null, start: null, init: null, handler: null, network: null };
    expect(startMsOf(aRun({ split, totalMs: 210 }))).toBe(210);
  });

  test('of thirty, the p99 is the slowest', () => {
    const starts = { label: 'x', ms: Array.from({ length: STARTS }, (_none, at) => at + 1) };
    expect(within(starts, 0.5)).toBe(15);
    expect(within(starts, 0.9)).toBe(27);
    expect(within(starts, 0.99)).toBe(30);
    expect(within(starts, 1)).toBe(30);
  });
});

test('each function is started thirty times, and no instance is kept', () => {
  for (const kind of STARTED_KINDS) {
    expect(startsPlan(kind)).toMatchObject({
      calls: 30,
      mode: 'sequence',
      allCold: true,
      scaled: { name: 'keep-alive', idleTimeoutMs: 0 },
    });
  }
});

describe('own starts', () => {
  const split = (start: number) => ({ queue: null, start, init: 0, handler: 1, network: 1 });
  const runs = (ms: readonly number[]) => ms.map((start) => aRun({ split: split(start) }));
  const plain = startsOf(STARTED_KINDS[0]?.label ?? '', runs([50, 40, 60]));
  const other = startsOf('other', runs([100, 150, 75]));

  test('are multiples of the middle one of the plain function', () => {
    const [first, second] = ownStrips([plain, other]);
    expect(first).toMatchObject({ middle: 1, multiples: [0.8, 1, 1.2], note: 'half within 50 ms' });
    expect(second).toMatchObject({ middle: 2, multiples: [1.5, 2, 3] });
  });

  test('are not drawn without a plain one to compare with', () => {
    expect(ownStrips([other])).toEqual([]);
    expect(ownStrips([])).toEqual([]);
  });
});

describe('rows of Lambda', () => {
  test('are multiples of Node.js 24 on the same memory and processor, whatever the package', () => {
    const node = (strips: ReturnType<typeof measuredStrips>) =>
      strips.find(({ label }) => label === 'Node.js')?.multiples ?? [];
    expect(node(measuredStrips(NOTHING_SAID))).toContain(1);
    expect(Math.min(...node(measuredStrips(chosen('package=image'))))).toBeGreaterThan(1.5);
  });

  test('have no middle: each is a mean already', () => {
    for (const { middle } of measuredStrips(NOTHING_SAID)) expect(middle).toBeNull();
  });

  test('of one family are its runtimes, a strip each', () => {
    const labels = measuredStrips(chosen('runtime=Python')).map(({ label }) => label);
    expect(labels).toContain('python3.13');
    expect(labels.every((label) => label.startsWith('python'))).toBe(true);
  });

  test('of all choices together are the whole table, each row once', () => {
    const values = (name: 'memory' | 'package' | 'arch') =>
      ROW_FIELDS[name].options.map(({ value }) => value as string);
    let rows = 0;
    for (const memory of values('memory')) {
      for (const packed of values('package')) {
        for (const arch of values('arch')) {
          const strips = measuredStrips(chosen(`memory=${memory}&package=${packed}&arch=${arch}`));
          rows += strips.flatMap(({ multiples }) => multiples).length;
        }
      }
    }
    expect(rows).toBe(MEASURED_STARTS.length);
  });

  test('a link that says nonsense shows what is shown at first', () => {
    expect(chosen('runtime=COBOL&memory=77&package=tar&arch=z80')).toEqual(NOTHING_SAID);
  });
});

test('starts that show no difference say so, and why', () => {
  const starts = (eager: number, lazy: number) =>
    doubtAbout([
      { label: 'import at the top', ms: [eager] },
      { label: 'import when asked for', ms: [lazy] },
    ]);
  expect(starts(120, 50)).toBe('');
  expect(starts(52, 50)).toContain('smaller than their spread');
  expect(doubtAbout([])).toBe('');
});
