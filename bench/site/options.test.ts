import { describe, expect, it } from 'vitest';
import { isOfSite, parseSiteOptions, siteHelp } from './options.ts';

describe('options of the benchmark of the site', () => {
  it('are told from those of the platform by --build and --pages', () => {
    expect(isOfSite(['--lessons', '20', '--build'])).toBe(true);
    expect(isOfSite(['--pages'])).toBe(true);
    expect(isOfSite(['--quick'])).toBe(false);
  });

  it('build a thousand lessons three times unless told otherwise', () => {
    expect(parseSiteOptions(['--build'])).toEqual({ task: 'build', lessons: 1000, rounds: 3 });
    expect(parseSiteOptions(['--build', '--lessons', '20', '--rounds', '1'])).toEqual({
      task: 'build',
      lessons: 20,
      rounds: 1,
    });
  });

  it('run Lighthouse five times a page unless told otherwise', () => {
    expect(parseSiteOptions(['--pages'])).toEqual({ task: 'pages', runs: 5, only: [] });
    expect(parseSiteOptions(['--pages', '--runs', '1', '--only', 'a', '--only', 'b'])).toEqual({
      task: 'pages',
      runs: 1,
      only: ['a', 'b'],
    });
  });

  it.each(['9', '10001', '20.5', 'many'])('refuse %s lessons', (lessons) => {
    expect(() => parseSiteOptions(['--build', '--lessons', lessons])).toThrow(
      /^--lessons is .*Expected a whole number from 10 to 10000/,
    );
  });

  it('refuse what belongs to the other task, and both tasks at once', () => {
    expect(() => parseSiteOptions(['--pages', '--lessons', '20'])).toThrow('--lessons');
    expect(() => parseSiteOptions(['--build', '--runs', '2'])).toThrow('--runs');
    expect(() => parseSiteOptions(['--build', '--pages'])).toThrow('--build or --pages');
  });

  it('have a help with every default', () => {
    expect(parseSiteOptions(['--build', '--help'])).toEqual({ task: 'help' });
    for (const [flag, value] of [
      ['--lessons N', '1000'],
      ['--rounds N', '3'],
      ['--runs N', '5'],
    ] as const) {
      expect(siteHelp()).toMatch(new RegExp(`${flag}.*by default ${value}\\n`));
    }
  });
});
