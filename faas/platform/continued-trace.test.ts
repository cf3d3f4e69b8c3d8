import { describe, expect, test } from 'vitest';
import type { HeaderList } from '../api.ts';
import { parseTraceparent } from '../core/trace/span.ts';
import { countedIds } from '../core/trace/fixtures/events.ts';
import { continueTrace } from './continued-trace.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const NEW_SPAN = '0000000000000001';
const NEW_TRACE = NEW_SPAN.padStart(32, '0');
const traceparent = (value: string): HeaderList[number] => ['traceparent', value];

/** Every header of that name. */
const all = (headers: HeaderList, name: string): string[] =>
  headers.filter(([key]) => key === name).map(([, value]) => value);

describe('a call that names its caller', () => {
  const { span, headers } = continueTrace(
    [
      ['accept', '*/*'],
      traceparent(`00-${TRACE}-${CALLER}-01`),
      ['tracestate', 'congo=t61rcWkgMzE'],
    ],
    countedIds(),
  );

  test('is a new span of the same trace, whose parent is the caller', () => {
    expect(span).toEqual({ trace: TRACE, span: NEW_SPAN, parent: CALLER });
  });

  test('hands on its own span, and everything else as it came', () => {
    expect(headers).toEqual([
      ['accept', '*/*'],
      ['tracestate', 'congo=t61rcWkgMzE'],
      ['traceparent', `00-${TRACE}-${NEW_SPAN}-01`],
    ]);
  });

  test.each([
    ['00', '00'],
    ['01', '01'],
    ['03', '01'],
    ['fe', '00'],
  ])('hands flags %s on as %s: sampled as the caller said, the others cleared', (came, goes) => {
    const said = traceparent(`00-${TRACE}-${CALLER}-${came}`);
    const continued = continueTrace([said], countedIds());
    expect(all(continued.headers, 'traceparent')).toEqual([`00-${TRACE}-${NEW_SPAN}-${goes}`]);
  });

  test('of a later version is answered in version 00', () => {
    const later = traceparent(`cc-${TRACE}-${CALLER}-01-more`);
    const continued = continueTrace([later], countedIds());
    expect(all(continued.headers, 'traceparent')).toEqual([`00-${TRACE}-${NEW_SPAN}-01`]);
  });
});

describe('a call begins a trace of its own', () => {
  const valid = `00-${TRACE}-${CALLER}-01`;
  test.each<[string, HeaderList]>([
    ['when it names no caller', []],
    ['when what it says is invalid', [traceparent(`00-${TRACE.toUpperCase()}-${CALLER}-01`)]],
    ['when it says it twice', [traceparent(valid), traceparent(valid)]],
  ])('%s, and what vendors say of another one is dropped', (_when, said) => {
    const { span, headers } = continueTrace([...said, ['tracestate', 'a=1']], countedIds());
    expect(span).toEqual({ trace: NEW_TRACE, span: NEW_SPAN, parent: null });
    expect(all(headers, 'tracestate')).toEqual([]);
    const [handedOn, ...more] = all(headers, 'traceparent');
    expect(more).toEqual([]);
    expect(parseTraceparent(handedOn ?? '')).toEqual({
      trace: NEW_TRACE,
      parent: NEW_SPAN,
      sampled: true,
    });
  });
});
