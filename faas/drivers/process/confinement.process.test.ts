import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { PRIVATE_HEADERS } from '../../api.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import type { RunningInstance } from '../protocol.ts';
import { ProcessDriver } from './driver.ts';

const root = fileURLToPath(new URL('../fixtures', import.meta.url));
const driver = new ProcessDriver({ root });
await driver.prepare();
const target = join(tmpdir(), `scale-to-zero-written-${process.pid}`);
let instance: RunningInstance;

afterEach(async () => {
  instance.kill();
  await instance.exited;
});

async function attempt(
  file: string,
  query: string,
): Promise<{ refused?: string; result?: unknown }> {
  instance = await driver.start(fixtureSpec(file), { id: 'confined', onLog: () => undefined });
  const request = { method: 'GET', url: `/?${query}`, headers: [], body: null };
  const { response } = await instance.invoke(request);
  return (await new Response(response.body as BodyInit).json()) as { refused?: string };
}

describe('a Node function', () => {
  test('cannot write a file', async () => {
    const { refused } = await attempt('api/confined.ts', `try=write&target=${target}`);
    expect(refused).toMatch(/restricted/);
    expect(existsSync(target)).toBe(false);
  });

  test('cannot start a process', async () => {
    expect((await attempt('api/confined.ts', 'try=spawn')).refused).toMatch(/restricted/);
  });

  test('cannot start a worker thread', async () => {
    expect((await attempt('api/confined.ts', 'try=worker')).refused).toMatch(/restricted/);
  });

  test('cannot read outside of the functions and packages', async () => {
    const { refused } = await attempt('api/confined.ts', `try=read&target=/etc/hostname`);
    expect(refused).toMatch(/restricted/);
  });

  test('can read the files beside it', async () => {
    const file = join(root, 'api/confined.ts');
    expect((await attempt('api/confined.ts', `try=read&target=${file}`)).result).toBeGreaterThan(0);
  });
});

test('a Node function can read packages that the folders above its project hold', async () => {
  const manifest = fileURLToPath(import.meta.resolve('jose/package.json'));
  expect(manifest.startsWith(root)).toBe(false);
  const { result } = await attempt('api/confined.ts', `try=read&target=${manifest}`);
  expect(result).toBeGreaterThan(0);
});

describe.skipIf(driver.missing(fixtureSpec('api/py/confined.py')) !== null)(
  'a Python function',
  () => {
    test('hides no module of the standard library from its neighbours, whatever its name', async () => {
      expect(await attempt('api/py/pool.py', '')).toEqual([1, 2]);
    });

    test('starts where looking up the name of the machine fails, or takes for ever', async () => {
      expect((await attempt('api/py/confined.py', 'try=environment')).result).toBeDefined();
    });

    test('cannot write a file', async () => {
      const { refused } = await attempt('api/py/confined.py', `try=write&target=${target}`);
      expect(refused).toContain('may not write files');
      expect(existsSync(target)).toBe(false);
    });

    test('cannot start a process', async () => {
      expect((await attempt('api/py/confined.py', 'try=spawn')).refused).toContain(
        'may not do this',
      );
    });

    test('cannot be called without the token of its parent', async () => {
      const { result } = await attempt('api/py/confined.py', 'try=environment');
      const { PORT } = result as Record<string, string>;
      expect((await fetch(`http://127.0.0.1:${PORT}/?try=environment`)).status).toBe(401);
    });
  },
);

test('a Node function cannot be called without the token of its parent', async () => {
  const { result } = await attempt('api/confined.ts', 'try=environment');
  const { PORT } = result as Record<string, string>;
  const answers = await Promise.all([
    fetch(`http://127.0.0.1:${PORT}/`),
    fetch(`http://127.0.0.1:${PORT}/`, { headers: { [PRIVATE_HEADERS.token]: 'a guess' } }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test.each(['api/confined.ts', 'api/py/confined.py'])(
  '%s sees its port and nothing of the environment of its parent',
  async (file) => {
    if (driver.missing(fixtureSpec(file)) !== null) return;
    process.env['DATABASE_PASSWORD'] = 'secret';
    const { result } = await attempt(file, 'try=environment');
    delete process.env['DATABASE_PASSWORD'];
    const names = Object.keys(result as object);
    expect(names).toContain('PORT');
    expect(names.filter((name) => /FAAS|PASSWORD|NODE/.test(name))).toEqual([]);
  },
);
