/** The calls that the lessons' demos make, each with the statuses that its author allows. */

import { addressOf, samePlace } from '../src/demo/places/address.ts';
import type { Course } from '../src/authoring/course.ts';
import { attribute, type Tag } from '../src/authoring/mdx-source.ts';
import type { PlatformFile } from '../faas/project/platform-file.ts';
import type { Case } from './case.ts';

/** What a function says for want of connections of its own: that none is given to it, or none answers. */
const WITHOUT_CONNECTIONS = [400, 503];

/**
 * Every call once, in the order of the lessons. A demo in two languages makes two.
 * @param grants by route, of `api/_platform.json`: no platform but ours hands out connections to the
 *   database, and a function that wants them refuses with its reason
 */
export function demoCases(
  { lessons }: Pick<Course, 'lessons'>,
  grants: PlatformFile['grants'] = {},
): Case[] {
  const demos = lessons.flatMap(({ mdx }) => mdx.tags.filter(({ name }) => name === 'Demo'));
  const cases = new Map<string, Case>();
  for (const one of demos.flatMap((demo) => casesOf(demo, grants))) {
    const key = JSON.stringify(one.call);
    if (!cases.has(key)) cases.set(key, one);
  }
  return [...cases.values()];
}

function casesOf(demo: Tag, grants: PlatformFile['grants']): Case[] {
  const text = (name: string): string | undefined => attribute(demo, name)?.text;
  const fn = text('fn');
  if (fn === undefined) return [];
  const path = text('path') ?? fn;
  const query = Object.fromEntries(new URLSearchParams(text('query')));
  const connects = grants[fn]?.includes('store:direct') ?? false;
  const status = [...statuses(demo), ...(connects ? WITHOUT_CONNECTIONS : [])];
  const call = { method: text('method') ?? 'GET', body: text('body'), type: text('type') };
  return [fn, text('python')]
    .filter((one) => one !== undefined)
    .map((one) => ({
      function: one,
      call: { ...call, url: addressOf(samePlace(fn, path, one), query) },
      expect: { status },
    }));
}

/** `expect={400}` or `expect={[200, 400]}`; 200 without. */
function statuses(demo: Tag): readonly number[] {
  const expression = attribute(demo, 'expect')?.expression ?? '200';
  return [JSON.parse(expression) as number | number[]].flat();
}
