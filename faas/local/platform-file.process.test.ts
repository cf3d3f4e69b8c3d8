/** The platform's file while it is written: a save with a mistake changes nothing. */

import { afterEach, expect, test } from 'vitest';
import { Project } from '../../test/gateway/fixtures/project.ts';
import { LocalPlatform } from './local-platform.ts';
import { parseServeOptions } from './serve-options.ts';

const FILE = 'api/_platform.json';
const project = new Project();
let local: LocalPlatform | null = null;

afterEach(async () => {
  await local?.stop();
  local = null;
});

function open(text: string): LocalPlatform {
  project.write(FILE, text);
  local = new LocalPlatform({
    root: project.root,
    site: () => undefined,
    options: parseServeOptions([], {}),
    development: true,
    onError: (error) => {
      throw error;
    },
  });
  return local;
}

const limited = (burst: number) =>
  `{ "rules": { "/api/hello": { "throttle": { "rate": 0.001, "burst": ${burst} } } } }`;

test('a start with a mistake in it is none, since functions would be open', () => {
  expect(() => open(limited(0))).toThrow(
    'api/_platform.json rules["/api/hello"].throttle.burst is 0. Expected a whole number ≥ 1',
  );
});

test('a save with a mistake says so, and the old rules go on', () => {
  const platform = open(limited(3));
  project.write(FILE, '{ "rules": { "/api/hello": {} }');
  expect(() => platform.changed(FILE)).toThrow('api/_platform.json is not JSON');
  expect(platform.platformFile.rules['/api/hello']).toEqual({
    throttle: { rate: 0.001, burst: 3 },
  });
  project.write(FILE, limited(0));
  expect(() => platform.changed(FILE)).toThrow('Expected a whole number ≥ 1');
  expect(platform.platformFile.rules['/api/hello']?.throttle?.burst).toBe(3);
});

test('a save without one holds from the next call on, and names the functions that it is about', () => {
  const platform = open(limited(3));
  project.write(FILE, limited(2));
  expect(platform.changed(FILE).map(({ name }) => name)).toEqual(['/api/hello']);
  expect(platform.platformFile.rules['/api/hello']?.throttle?.burst).toBe(2);
  expect(platform.changed(FILE)).toEqual([]);
});
