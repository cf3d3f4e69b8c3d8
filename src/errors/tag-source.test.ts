import { describe, expect, it } from 'vitest';
import { readTag } from './tag-source.ts';

const read = (source: string) =>
  readTag(source, source.indexOf('<')).attributes.map(({ name, text, expression, valueStart }) => [
    name,
    text ?? `{${expression ?? ''}}`,
    source.slice(valueStart, valueStart + 3),
  ]);

describe('a tag is read attribute by attribute', () => {
  it('over several lines, with quotes of both kinds', () => {
    expect(read(`text <Demo\n  id="one"\n  fn='/api/counter'\n/>`)).toEqual([
      ['id', 'one', 'one'],
      ['fn', '/api/counter', '/ap'],
    ]);
  });

  it('with expressions, whose strings may hold braces and quotes', () => {
    expect(read(`<D a={10} b={['}', "'"]} c={\`x{y\`} d={"s"} e />`)).toEqual([
      ['a', '{10}', '10}'],
      ['b', `{['}', "'"]}`, "['}"],
      ['c', 'x{y', '`x{'],
      ['d', 's', '"s"'],
      ['e', '{true}', 'e /'],
    ]);
  });

  it('until the tag ends, not into its children', () => {
    expect(read(`<Term id="a">b c="d"</Term>`)).toEqual([['id', 'a', 'a">']]);
  });

  it('and a spread is noticed', () => {
    const source = '<Demo {...shared} id="a" />';
    expect(readTag(source, 0).spreads).toBe(true);
    expect(read(source)).toEqual([['id', 'a', 'a" ']]);
  });

  it('an unfinished tag ends the reading, without an error', () => {
    expect(read('<Demo id="a')).toEqual([['id', 'a', 'a']]);
    expect(read('<Demo id={[')).toEqual([['id', '{[}', '[']]);
  });
});
