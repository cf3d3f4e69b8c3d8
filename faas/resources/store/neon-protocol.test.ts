import { describe, expect, test } from 'vitest';
import { neonAnswer, neonError, parseNeonRequest } from './neon-protocol.ts';
import type { Rows } from './statement.ts';

const asked = (body: unknown, headers: Record<string, string> = {}) =>
  parseNeonRequest(
    typeof body === 'string' ? body : JSON.stringify(body),
    (name) => headers[name] ?? null,
  );

const column = (name: string, dataTypeID: number) => ({
  name,
  dataTypeID,
  tableID: 0,
  columnID: 0,
  dataTypeSize: 4,
  dataTypeModifier: -1,
  format: 'text',
});

const rows: Rows = {
  command: 'SELECT',
  rowCount: 1,
  fields: [column('n', 23), column('big', 20), column('list', 1007), column('flag', 16)],
  rows: [['1', '9007199254740993', '{1,NULL}', 't']],
};

describe('a request', () => {
  test('is one statement by itself, its values apart', () => {
    expect(asked({ query: 'select $1', params: ['x'] })).toEqual({
      batch: { statements: [{ text: 'select $1', values: ['x'] }], transaction: null },
      rawText: false,
      arrayMode: false,
    });
  });

  test('is a transaction with its mode', () => {
    const headers = {
      'neon-batch-isolation-level': 'RepeatableRead',
      'neon-batch-read-only': 'true',
      'neon-raw-text-output': 'true',
      'neon-array-mode': 'true',
    };
    const body = { queries: [{ query: 'select 1', params: [] }, { query: 'select 2' }] };
    expect(asked(body, headers)).toMatchObject({
      batch: {
        statements: [{ text: 'select 1' }, { text: 'select 2', values: [] }],
        transaction: { isolation: 'REPEATABLE READ', readOnly: true, deferrable: false },
      },
      rawText: true,
      arrayMode: true,
    });
  });

  test.for([
    ['{', /Expected JSON/],
    ['null', /"query" is of type undefined/],
    ['{"query":1}', /"query" is of type number/],
    ['{"query":"select 1","params":"x"}', /"params" of type string/],
    ['{"queries":[]}', /1 to 1000 statements; 0 came/],
  ] as const)('%s is refused with what was expected', ([body, message]) => {
    expect(() => asked(body)).toThrow(message);
  });

  test('an isolation level that is none is refused by name', () => {
    const headers = { 'neon-batch-isolation-level': 'Snapshot' };
    expect(() => asked({ queries: [{ query: 'select 1' }] }, headers)).toThrow(/is "Snapshot"/);
  });
});

describe('an answer', () => {
  test('has the text that Postgres wrote, in lists, where that is asked for', () => {
    const headers = { 'neon-raw-text-output': 'true', 'neon-array-mode': 'true' };
    expect(neonAnswer(asked({ query: 'x' }, headers), [rows])).toMatchObject({
      command: 'SELECT',
      rowCount: 1,
      rows: [['1', '9007199254740993', '{1,NULL}', 't']],
      rowAsArray: true,
    });
  });

  test('has values of JSON without, but for numbers that JSON would round', () => {
    expect(neonAnswer(asked({ query: 'x' }), [rows])).toMatchObject({
      rows: [{ n: 1, big: '9007199254740993', list: [1, null], flag: true }],
    });
  });

  test('of a transaction is a list of answers', () => {
    const request = asked({ queries: [{ query: 'x' }, { query: 'y' }] });
    expect(neonAnswer(request, [rows, rows])).toMatchObject({
      results: [{ rowCount: 1 }, { rowCount: 1 }],
    });
  });
});

test('an error has all that Postgres said', () => {
  const error = Object.assign(new Error('division by zero'), { code: '22012', severity: 'ERROR' });
  expect(neonError(error)).toMatchObject({
    message: 'division by zero',
    code: '22012',
    severity: 'ERROR',
    hint: null,
  });
});
