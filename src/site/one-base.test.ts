import type { AstroConfig, HookParameters } from 'astro';
import { expect, test } from 'vitest';
import oneBase from './one-base.ts';

/** The base that a build goes on with. */
function builtUnder(base: string): string | undefined {
  let config = { base } as AstroConfig;
  oneBase().hooks['astro:config:setup']?.({
    command: 'build',
    config,
    updateConfig: (change) => (config = { ...config, ...change } as AstroConfig),
  } as HookParameters<'astro:config:setup'>);
  return config.base;
}

test.each(['/x', '/x/'])('a build with --base %s is one under /x/', (base) => {
  expect(builtUnder(base)).toBe('/x/');
});

test('a build at the root stays there', () => {
  expect(builtUnder('/')).toBe('/');
});
