import { expect, test } from 'vitest';
import { jsonValue } from './json-value.ts';

const OID = {
  bool: 16,
  int4: 23,
  int8: 20,
  float8: 701,
  json: 114,
  text: 25,
  int4s: 1007,
  texts: 1009,
  jsons: 199,
  bools: 1000,
};

test.for<[text: string | null, oid: number, value: unknown]>([
  [null, OID.int4, null],
  ['t', OID.bool, true],
  ['f', OID.bool, false],
  ['-12', OID.int4, -12],
  ['12', OID.int8, '12'],
  ['1e+300', OID.float8, 1e300],
  ['NaN', OID.float8, 'NaN'],
  ['-Infinity', OID.float8, '-Infinity'],
  ['{"a":[1,null]}', OID.json, { a: [1, null] }],
  ['{1,2}', OID.text, '{1,2}'],
  ['{1,NULL,-3}', OID.int4s, [1, null, -3]],
  ['[0:1]={1,2}', OID.int4s, [1, 2]],
  [
    '{{1,2},{3,4}}',
    OID.int4s,
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['{}', OID.int4s, []],
  ['{t,f}', OID.bools, [true, false]],
  [
    String.raw`{a,"NULL",NULL,"b \"c\" \\ {d}","",e f}`,
    OID.texts,
    ['a', 'NULL', null, 'b "c" \\ {d}', '', 'e f'],
  ],
  [String.raw`{"{\"a\":1}"}`, OID.jsons, [{ a: 1 }]],
  ['2026-11-30', 1082, '2026-11-30'],
])('%s of type %i is %j', ([text, oid, value]) => {
  expect(jsonValue(text, oid)).toEqual(value);
});
