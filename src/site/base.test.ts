import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('astro:config/client');
  vi.resetModules();
});

/** The module as a site under `base` has it. */
function under(base: string) {
  vi.doMock('astro:config/client', () => ({ base }));
  return import('./base.ts');
}

test.each(['/x', '/x/'])('under %s an address begins with the base and a slash', async (base) => {
  const { BASE, siteUrl } = await under(base);
  expect(BASE).toBe('/x/');
  expect(siteUrl('/')).toBe('/x/');
  expect(siteUrl('/glossary/#warm')).toBe('/x/glossary/#warm');
});

test('what is no path of the site stays as it is', async () => {
  const { siteUrl } = await under('/x');
  const others = ['#part', 'https://example.org/', '//example.org/a', 'mailto:a@example.org'];
  expect(others.map(siteUrl)).toEqual(others);
});

test('two sites of one origin keep their names apart; at the root they are what they always were', async () => {
  expect((await under('/x/')).storageName('course:place')).toBe('/x/course:place');
  vi.resetModules();
  expect((await under('/')).storageName('course:place')).toBe('course:place');
});
