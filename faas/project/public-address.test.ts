import { expect, test } from 'vitest';
import { publicAddress } from './public-address.ts';

test.each([
  ['Vercel', { VERCEL_PROJECT_PRODUCTION_URL: 'course.vercel.app' }, 'https://course.vercel.app'],
  ['Netlify', { NETLIFY: 'true', URL: 'https://course.netlify.app' }, 'https://course.netlify.app'],
  [
    'a deployment of Cloudflare Pages',
    { CF_PAGES: '1', CF_PAGES_URL: 'https://f3a9c2d1.course.pages.dev' },
    'https://course.pages.dev',
  ],
  [
    'Cloudflare Pages',
    { CF_PAGES: '1', CF_PAGES_URL: 'https://course.pages.dev' },
    'https://course.pages.dev',
  ],
])('%s says where the site is', (_host, env, address) => {
  expect(publicAddress(env)).toBe(address);
});

test('SITE_URL comes before what a host says', () => {
  const env = { SITE_URL: 'https://course.example', VERCEL_PROJECT_PRODUCTION_URL: 'a.vercel.app' };
  expect(publicAddress(env)).toBe('https://course.example');
});

test('an address is not made up: not on this machine, and not of another tool’s URL', () => {
  expect(publicAddress({})).toBeUndefined();
  expect(publicAddress({ URL: 'https://other.example', SITE_URL: '' })).toBeUndefined();
});

test.each(['course.example', 'ftp://course.example', '/x'])('SITE_URL "%s" is refused', (own) => {
  expect(() => publicAddress({ SITE_URL: own })).toThrow('Expected the whole address');
});
