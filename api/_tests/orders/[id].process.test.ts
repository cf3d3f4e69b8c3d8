/** Orders in a database of their own, as the platform runs them: before the row stands the door. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEADERS } from '#faas/api.ts';
import { startOwnPlatform, type OwnPlatform } from '#faas/resources/store/fixtures/own-platform.ts';

let platform: OwnPlatform;
beforeAll(async () => {
  platform = await startOwnPlatform();
});
afterAll(() => platform.stop());

async function cookieOf(user: string): Promise<string> {
  const answer = await platform.call('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** @returns the answer, and who gave it */
async function ask(id: string, user: string | null) {
  const headers = user === null ? {} : { cookie: await cookieOf(user) };
  const answer = await platform.call(`/api/orders/${id}`, { headers });
  const by = answer.headers.get(HEADERS.instance) === null ? 'door' : 'function';
  return { answer, by, status: answer.status };
}

describe('an order', () => {
  it('is shown to its owner, and kept by no cache', async () => {
    const { answer } = await ask('17', 'ada');
    expect(await answer.json()).toEqual({ id: 17, owner: 'ada', items: ['tea', 'a teapot'] });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it.each([
    ['nobody', '17', null, 401, 'door'],
    ['grace', '17', 'grace', 403, 'door'],
    ['ada', '18', 'ada', 403, 'door'],
    // A line for clerks is too wide, and the row is not.
    ['eve', '17', 'eve', 404, 'function'],
    ['eve', '99', 'eve', 404, 'function'],
    ['eve', 'seventeen', 'eve', 400, 'function'],
    ['eve', '9999999999', 'eve', 400, 'function'],
  ])('%s is refused order %s', async (_name, id, user, status, by) => {
    expect(await ask(id, user)).toMatchObject({ status, by });
  });

  it('says the same of one that somebody else has and of one that nobody has', async () => {
    const details = await Promise.all(
      ['17', '99'].map(async (id) => {
        const { detail } = (await (await ask(id, 'eve')).answer.json()) as { detail: string };
        return detail.replace(id, 'N');
      }),
    );
    expect(new Set(details).size).toBe(1);
  });
});
