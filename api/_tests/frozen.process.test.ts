/** Connections of instances that slept: frozen by SIGSTOP, on a database that hangs up. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTROLS } from '#faas/api.ts';
import { startOwnPlatform, type OwnPlatform } from '#faas/resources/store/fixtures/own-platform.ts';

describe.skipIf(process.platform === 'win32')('where there are signals', () => {
  let platform: OwnPlatform;
  beforeAll(async () => {
    platform = await startOwnPlatform({ FAAS_IDLE_TIMEOUT_MS: 'unlimited' });
    const policy = { name: 'keep-alive', freezeIdle: true };
    const body = JSON.stringify({ function: '/api/frozen', policy });
    await platform.call(CONTROLS.policies, { method: 'PUT', body });
  });
  afterAll(() => platform.stop());

  const ask = async (form: string) => {
    const answer = await platform.call(`/api/frozen?form=${form}`);
    return (await answer.json()) as { outcome: string; served: number };
  };
  /** Until the database has hung up, as it says itself. */
  const untilHungUp = async (): Promise<void> => {
    const open = async () => {
      const answer = await platform.call('/api/storm?how=look');
      const { clients } = (await answer.json()) as { clients: { name: string }[] };
      return clients.some(({ name }) => name === 'frozen');
    };
    await expect.poll(open).toBe(false);
  };

  test('a client in module scope fails, and goes on failing', async () => {
    expect((await ask('client')).outcome).toBe('answered');
    await untilHungUp();
    const after = [await ask('client'), await ask('client')];
    expect(after.map(({ outcome }) => outcome)).not.toContain('answered');
  });

  test('a pool that listens opens another connection, in the same instance', async () => {
    const { served } = await ask('listening');
    await untilHungUp();
    // The call may come before the news.
    const after = [await ask('listening'), await ask('listening')];
    expect(after[1]).toMatchObject({ outcome: 'answered', served: served + 2 });
  });

  test('a pool that nobody listens to ends its instance', async () => {
    const { served } = await ask('pool');
    expect(served).toBeGreaterThan(1);
    await untilHungUp();
    // Whether the call or the news comes first, this instance is gone, or will be with the next call.
    await ask('pool');
    expect((await ask('pool')).served).toBeLessThan(served);
  });

  test('a form that is none is refused', async () => {
    expect((await platform.call('/api/frozen?form=solid')).status).toBe(400);
  });
});
