import { describe, expect, it } from 'vitest';
import { helpText, parseOptions } from './options.ts';

const IDS = ['ours', 'miniflare', 'vercel'];

describe('options of the benchmark', () => {
  it('take all peers and the table of behaviour unless told otherwise', () => {
    expect(parseOptions([], IDS)).toMatchObject({ only: IDS, behaviour: true, rounds: 5 });
  });

  it('keep the order in which peers are named', () => {
    expect(parseOptions(['--only', 'vercel, ours'], IDS).only).toEqual(['vercel', 'ours']);
  });

  it('let a quick run have as many rounds as are asked for', () => {
    const quick = parseOptions(['--quick', '--rounds', '3'], IDS);
    expect(quick.rounds).toBe(3);
    expect(quick.loadMs).toBeLessThan(parseOptions([], IDS).loadMs);
  });

  it.each(['0', '51', '1.5', 'many'])('refuse %s rounds', (rounds) => {
    expect(() => parseOptions(['--rounds', rounds], IDS)).toThrow(/Expected a whole number/);
  });

  it('say which peers there are when one is not known', () => {
    expect(() => parseOptions(['--only', 'ours,lambda'], IDS)).toThrow(
      '--only names "lambda". Expected some of ours, miniflare, vercel.',
    );
  });

  it('have their peers in the help', () => {
    expect(helpText(IDS)).toContain('ours, miniflare, vercel');
  });
});
