/** Cases of the deployed site: its pages are there, and what is no function of ours does not answer. */

import { scanFunctions } from '../../faas/project/functions.ts';
import { readCourse } from '../../src/authoring/course.ts';
import type { Case, Expectation } from '../case.ts';
import { HOST } from './build.ts';

/**
 * No door of ours stands there: a field that the rules in `api/_platform.json` refuse, and that does no
 * harm, comes through to the function.
 */
const DOORLESS: Case = {
  function: '/api/checked',
  call: {
    method: 'POST',
    url: '/api/checked',
    body: '{"name": "Ada", "text": "Hello", "more": 1}',
    type: 'application/json',
  },
  expect: { status: [201], type: 'application/json' },
};

export function siteCases(root: string): Case[] {
  const lessons = readCourse(root).lessons.map(({ slug }) => `/lessons/${slug}/`);
  const functions = scanFunctions(root);
  const public_ = { status: [200], type: 'text/html', includes: `https://${HOST}/` };
  return [
    ...['/', '/glossary/', '/resources/', ...lessons].map((url) => page(url, public_)),
    page('/', { status: [200], excludes: 'http://localhost' }),
    page('/progress/', { status: [200], type: 'text/html' }),
    page('/no-such-page/', { status: [404], type: 'text/html' }),
    page('/api/no-such-function', { status: [404] }),
    page('/api/_lib/bad-request', { status: [404] }),
    ...functions.filter(({ route }) => route === '/api/checked').map(() => DOORLESS),
    ...functions
      .filter(({ runtime, route }) => runtime === 'node' && !route.includes('['))
      .slice(0, 1)
      .map(({ route }) =>
        page(`${route.replace('/api/', '/api/_tests/')}.test`, { status: [404] }),
      ),
  ];
}

function page(url: string, expect: Expectation): Case {
  return { function: null, call: { method: 'GET', url }, expect };
}
