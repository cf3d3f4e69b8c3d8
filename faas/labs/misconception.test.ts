import { expect, test } from 'vitest';
import {
  failuresOf,
  misconception,
  nearestMutant,
  withoutVarying,
  type ProvedMutant,
} from './misconception.ts';

const mutant = (
  name: string,
  fails: string[],
  finding: ProvedMutant['finding'] = null,
): ProvedMutant => ({ name, says: `It ${name}.`, fails, finding });
const adds = mutant('adds', ['a', 'b']);
const rounds = mutant('rounds', ['c']);
const proved = { mutants: [adds, rounds], blanks: [['b', 'c']] };
const outcome = (passed: Record<string, boolean>, finding: ProvedMutant['finding'] = null) =>
  failuresOf(
    Object.entries(passed).map(([name, is]) => ({
      name,
      level: name.startsWith('edge') ? 'edges' : 'contract',
      passed: is,
      undecided: name.endsWith('?'),
      failure: is ? null : finding,
    })),
  );

test('code that fails as a mutant does is told what it looks like', () => {
  expect(misconception(outcome({ a: false, b: false, c: true }), proved)).toBe(adds);
  expect(misconception(outcome({ a: true, b: true, c: false }), proved)).toBe(rounds);
});

test('of checks that did not run nothing is concluded', () => {
  expect(misconception(outcome({ a: false, c: true }), proved)).toBe(adds);
});

test('nor of one that the clock has ended', () => {
  expect(misconception(outcome({ a: false, c: true, 'b?': false }), proved)).toBe(adds);
});

test('code that passes everything, or fails in a way of its own, is told nothing', () => {
  expect(misconception(outcome({ a: true, b: true, c: true }), proved)).toBeNull();
  expect(misconception(outcome({ a: false, b: true, c: true }), proved)).toBeNull();
});

test('code that fails everything is told nothing, whatever mutant does so too', () => {
  const all = { mutants: [mutant('is in many lines', ['a', 'b'])], blanks: [] };
  expect(misconception(outcome({ a: false, b: false }), all)).toBeNull();
});

test('code that fails as the untouched start does is told nothing', () => {
  const alike = { ...proved, mutants: [mutant('waits', ['b', 'c'])] };
  expect(misconception(outcome({ a: true, b: false, c: false }), alike)).toBeNull();
});

test('of several mutants that fail in the same checks the one speaks that fails by the same demand', () => {
  const status = mutant('answers 200', ['a'], { what: 'the status', came: '200' });
  const crashes = mutant('throws', ['a'], { what: 'the status', came: '500' });
  const type = mutant('has no type', ['a'], { what: 'the header content-type', came: null });
  const three = { mutants: [status, crashes, type], blanks: [] };
  const failed = (what: string, came: string) => outcome({ a: false, b: true }, { what, came });
  expect(misconception(failed('the status', '500'), three)).toBe(crashes);
  expect(misconception(failed('the header content-type', 'text/html'), three)).toBe(type);
  expect(misconception(failed('the status', '404'), three)).toBeNull();
});

test('an id and a time, which differ from run to run, keep nobody from being told', () => {
  const line = (id: string, ms: string): string => `{"id":"${id}","path":"/a","ms":${ms}}`;
  const known = withoutVarying(line('5038ed03194ec736', '7'));
  expect(known).toBe('{"id":"·","path":"/a","ms":·}');
  const leaks = mutant('leaks', ['a'], { what: 'the line', came: known });
  const believes = mutant('believes', ['a'], { what: 'the line', came: '{"id":"x"}' });
  const two = { mutants: [leaks, believes], blanks: [] };
  const failed = (came: string) => outcome({ a: false, b: true }, { what: 'the line', came });
  expect(misconception(failed(line('83c2b98f1231fe4b', '0.25')), two)).toBe(leaks);
  expect(misconception(failed('{"id":"x"}'), two)).toBe(believes);
  expect(misconception(failed('{"id":"y"}'), two)).toBeNull();
});

test('where several fail in the same way none speaks', () => {
  const two = { mutants: [rounds, mutant('cuts', ['c'])], blanks: [] };
  expect(misconception(outcome({ a: true, b: true, c: false }), two)).toBeNull();
});

test('edges that the code has not come to hide no sentence, and a further check of the contract does', () => {
  expect(misconception(outcome({ a: false, b: false, c: true, edge: false }), proved)).toBe(adds);
  expect(misconception(outcome({ a: false, b: false, c: false, edge: true }), proved)).toBeNull();
  const exact = mutant('adds at the edge', ['a', 'b', 'edge']);
  const both = { mutants: [adds, exact], blanks: [] };
  expect(misconception(outcome({ a: false, b: false, c: true, edge: false }), both)).toBe(exact);
  const ambiguous = { mutants: [adds, mutant('cuts', ['a', 'b'])], blanks: [] };
  const more = outcome({ a: false, b: false, c: true, edge: false });
  expect(misconception(more, ambiguous)).toBeNull();
  expect(misconception(more, { mutants: [adds], blanks: [['a', 'b']] })).toBeNull();
});

test('the nearest mutant differs in the fewest checks', () => {
  const { mutants } = proved;
  expect(nearestMutant(outcome({ a: false, b: true, c: true }), mutants)?.name).toBe('adds');
  expect(nearestMutant(outcome({ a: true, b: true, c: true }), mutants)?.name).toBe('rounds');
  expect(nearestMutant(outcome({}), [])).toBeNull();
});
