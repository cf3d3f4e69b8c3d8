import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTraceparent, parseTraceparent } from './span.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const said = (version: string, trace = TRACE, parent = PARENT, flags = '01', rest = ''): string =>
  `${version}-${trace}-${parent}-${flags}${rest}`;

describe('a traceparent is read', () => {
  test('with its trace, its parent and whether it is sampled', () => {
    expect(parseTraceparent(said('00'))).toEqual({ trace: TRACE, parent: PARENT, sampled: true });
  });

  test.each([
    ['00', false],
    ['01', true],
    ['02', false],
    ['03', true],
    ['09', true],
    ['fe', false],
    ['ff', true],
  ])('flags %s: sampled is bit 0, whatever the others are', (flags, sampled) => {
    expect(parseTraceparent(said('00', TRACE, PARENT, flags))?.sampled).toBe(sampled);
  });

  test.each(['01', 'cc', 'fe'])('of version %s, as far as version 00 is known', (version) => {
    const read = { trace: TRACE, parent: PARENT, sampled: true };
    expect(parseTraceparent(said(version))).toEqual(read);
    expect(parseTraceparent(said(version, TRACE, PARENT, '01', '-what-is-to-come'))).toEqual(read);
    expect(parseTraceparent(said(version, TRACE, PARENT, '01', '-'))).toEqual(read);
  });
});

describe('a traceparent is invalid', () => {
  test.each([
    ['nothing', ''],
    ['version ff', said('ff')],
    ['a version of one digit', said('0')],
    ['a version of three digits', said('000')],
    ['a version that is no hex', said('.0')],
    ['a version in capitals', said('CC')],
    ['version 00 with more after it', said('00', TRACE, PARENT, '01', '-more')],
    ['version 00 with a dash after it', said('00', TRACE, PARENT, '01', '-')],
    ['a higher version that runs on without a dash', said('01', TRACE, PARENT, '01', 'more')],
    ['a trace id of zeros', said('00', '0'.repeat(32))],
    ['a trace id in capitals', said('00', TRACE.toUpperCase())],
    ['a short trace id', said('00', TRACE.slice(1))],
    ['a long trace id', said('00', `${TRACE}0`)],
    ['a trace id that is no hex', said('00', TRACE.replace('4', 'g'))],
    ['a parent id of zeros', said('00', TRACE, '0'.repeat(16))],
    ['a parent id in capitals', said('00', TRACE, PARENT.toUpperCase())],
    ['a short parent id', said('00', TRACE, PARENT.slice(1))],
    ['a long parent id', said('00', TRACE, `${PARENT}0`)],
    ['flags of one digit', said('00', TRACE, PARENT, '1')],
    ['flags of three digits', said('00', TRACE, PARENT, '001')],
    ['flags that are no hex', said('00', TRACE, PARENT, '.0')],
    ['flags in capitals', said('00', TRACE, PARENT, 'FF')],
    ['other separators', said('00').replaceAll('-', '_')],
    ['no flags', `00-${TRACE}-${PARENT}`],
    ['two of them, joined', `${said('00')},${said('00')}`],
    ['a line break', `${said('00')}\n`],
  ])('%s', (_what, value) => {
    expect(parseTraceparent(value)).toBeNull();
  });
});

test('a formatted header is parsed back, as version 00, with no flag but sampled', () => {
  const hex = (digits: number) =>
    fc
      .array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits })
      .map((all) => all.join(''))
      .filter((id) => !/^0+$/.test(id));
  fc.assert(
    fc.property(hex(32), hex(16), fc.boolean(), (trace, parent, sampled) => {
      const text = formatTraceparent({ trace, parent, sampled });
      expect(text).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
      expect(parseTraceparent(text)).toEqual({ trace, parent, sampled });
    }),
  );
});
