// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CONTROLS, PLACE_FILE, TAB_FUNCTIONS } from '#faas/api.ts';
import { choosePlace } from './choose.ts';

/** What the host answers with JSON; everything else is a page. */
let host: Record<string, unknown> = {};
let asked: string[] = [];

function respond(url: string): Promise<Response> {
  asked.push(url);
  const path = Object.keys(host).find((known) => url.includes(known));
  if (path === undefined) return Promise.resolve(new Response('<!doctype html>'));
  const headers = { 'content-type': 'application/json' };
  return Promise.resolve(new Response(JSON.stringify(host[path]), { headers }));
}

const GATEWAY = {
  [`/${PLACE_FILE}`]: { place: 'local' },
  [CONTROLS.functions]: [],
  [CONTROLS.events]: [],
};
const CLOUD = { [`/${PLACE_FILE}`]: { place: 'cloud' } };
const STATIC = { [`/${PLACE_FILE}`]: { place: 'static' } };
const TAB = { [TAB_FUNCTIONS]: [] };

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', respond);
  host = {};
  asked = [];
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

/** The module as a fresh page has it. */
const fresh = () => import('./choose.ts');

test.each([
  ['the local platform', { ...GATEWAY, ...TAB }, 'local'],
  ['the cloud', { ...CLOUD, ...TAB }, 'cloud'],
  ['the tab', { ...STATIC, ...TAB }, 'tab'],
  ['the tab, where no host answers', TAB, 'tab'],
])('the nearest place is taken: %s', async (_name, answers, expected) => {
  host = answers;
  const { currentPlace: current } = await fresh();
  expect((await current()).name).toBe(expected);
});

test.each([
  ['a static host', STATIC],
  ['the cloud', CLOUD],
])('%s is asked for its own files, and for nothing else', async (_name, answers) => {
  host = { ...answers, ...TAB };
  const { placesHere: all } = await fresh();
  await all();
  expect(asked.toSorted()).toEqual([`/${TAB_FUNCTIONS}`, `/${PLACE_FILE}`]);
});

test('the reader’s choice comes first, as long as it is here', async () => {
  host = { ...GATEWAY, ...TAB };
  choosePlace('tab');
  const { currentPlace: current } = await fresh();
  expect((await current()).name).toBe('tab');
  choosePlace('cloud');
  expect((await current()).name).toBe('local');
});

test('each choice that is not here says why and what to do', async () => {
  host = TAB;
  const { placesHere: all } = await fresh();
  const absent = Object.fromEntries((await all()).map((one) => [one.place, one.absent]));
  expect(absent['local']).toContain('npm start');
  expect(absent['cloud']).toContain('without functions');
  expect(absent['tab']).toBeNull();
});

test('a place that has come up is found when the choices are asked for again', async () => {
  host = TAB;
  const { placesHere: all, currentPlace: current } = await fresh();
  expect((await current()).name).toBe('tab');
  host = { ...GATEWAY, ...TAB };
  expect((await current()).name).toBe('tab');
  await all();
  expect((await current()).name).toBe('local');
});

test('a place that has gone says so, and what is in the page already can be chosen', async () => {
  host = { ...GATEWAY, ...TAB };
  const { placesHere: all } = await fresh();
  expect((await all()).map(({ absent }) => absent === null)).toEqual([true, false, true]);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const absent = Object.fromEntries((await all()).map((one) => [one.place, one.absent]));
  expect(absent['local']).toContain('does not answer any more');
  expect(absent['tab']).toBeNull();
});

test('of a host that is silent nothing is said about how the site was built', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const { placesHere: all } = await fresh();
  const absent = Object.fromEntries((await all()).map((one) => [one.place, one.absent]));
  expect(absent['tab']).toContain('The server does not answer');
});

test('where nothing can run, that is said', async () => {
  const { currentPlace: current } = await fresh();
  await expect(current()).rejects.toThrow('No place here can run a function');
});
