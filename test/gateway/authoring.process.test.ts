/** The gateway inside `astro dev`, and beside `astro build`: for one page that shows a function. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CONTROLS, type TabFunction } from '#faas/api.ts';
import { Project, repositoryFile } from './fixtures/project.ts';
import { untilGone } from './fixtures/running-gateway.ts';
import { isAlive } from '#faas/drivers/process/is-alive.ts';
import { Watcher } from './fixtures/watcher.ts';

const PAGE = `---
import { readFileSync } from 'node:fs';
const answer = await fetch(process.env.FAAS_ORIGIN + '/api/hello?name=Page');
---
<p>{await answer.text()}</p>
<pre>{readFileSync('api/hello.ts', 'utf8')}</pre>
`;

const project = new Project();
const read = (file: string) => readFileSync(join(project.root, file), 'utf8');

beforeAll(() => {
  mkdirSync(join(project.root, 'src/pages'), { recursive: true });
  project.write('src/pages/index.astro', PAGE);
  project.write(
    'astro.config.mjs',
    `import faas from ${JSON.stringify(repositoryFile('faas/astro/integration.ts'))};
export default {
  integrations: [faas()],
  cacheDir: './.cache/astro',
  vite: { cacheDir: './.cache/vite' },
  devToolbar: { enabled: false },
};`,
  );
});

afterAll(() => project.remove());

class Astro {
  output = '';
  readonly exited: Promise<unknown>;
  readonly #child: ChildProcess;

  constructor(...args: string[]) {
    const packageFile = createRequire(import.meta.url).resolve('astro/package.json');
    const env: NodeJS.ProcessEnv = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
    // It must not take itself for a part of this test run.
    delete env['VITEST'];
    delete env['NODE_ENV'];
    this.#child = spawn(process.execPath, [join(dirname(packageFile), 'bin/astro.mjs'), ...args], {
      cwd: project.root,
      env: { ...env, FAAS_IDLE_TIMEOUT_MS: 'unlimited' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk) => (this.output += String(chunk)));
    this.#child.stderr?.on('data', (chunk) => (this.output += String(chunk)));
    this.exited = once(this.#child, 'exit');
  }

  /** Resolves with what it printed once that matches. */
  printed(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.output);
        if (match !== null) resolve(match[0]);
      };
      this.#child.stdout?.on('data', look);
      this.#child.stderr?.on('data', look);
      look();
      void this.exited.then(() => reject(new Error(`astro ended early:\n${this.output}`)));
    });
  }

  stop(): Promise<unknown> {
    this.#child.kill('SIGINT');
    return this.exited;
  }
}

describe('astro dev', () => {
  let origin: string;
  let dev: Astro;

  beforeAll(async () => {
    dev = new Astro('dev', '--port', '0');
    origin = await dev.printed(/http:\/\/localhost:\d+/);
    return () => dev.stop();
  });

  const text = async (path: string) => (await fetch(origin + path)).text();

  /** Calls until the answer is that. */
  const answers = (path: string, expected: RegExp): Promise<void> =>
    vi.waitFor(async () => expect(await text(path)).toMatch(expected));

  test('functions, controls and pages answer at one address', async () => {
    expect(await text('/api/hello?name=Dev')).toBe('{"greeting":"Hello, Dev!"}');
    expect(await text('/api/items/42')).toContain('"id":42');
    expect(JSON.parse(await text(CONTROLS.instances))).toHaveLength(2);
    expect(await text('/')).toContain('Hello, Page!');
  });

  test('a page of another site is refused here too', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
    expect((await fetch(`${origin}${CONTROLS.instances}`, { headers })).status).toBe(403);
  });

  test('a saved function runs with the next call, and the page shows it', async () => {
    const watcher = await Watcher.open(origin);
    await text('/api/hello');
    project.write('api/hello.ts', read('api/hello.ts').replace('Hello,', 'Good day,'));
    await answers('/api/hello', /^\{"greeting":"Good day, world!"\}$/);
    const page = await text('/');
    expect(page).toContain('Good day, Page!');
    expect(page).toContain('`Good day, $');
    await watcher.until(() => watcher.of('instance.stopped').length > 0);
    expect(watcher.of('instance.stopped')[0]).toMatchObject({
      function: '/api/hello',
      reason: 'replaced',
    });
    await watcher.close();
  });

  test('a saved file that functions share is new code for each of them', async () => {
    const shared = 'api/_lib/bad-request.ts';
    project.write(shared, read(shared).replace('Bad Request', 'Not like this'));
    await answers('/api/items/none', /Not like this/);
    expect(await text('/api/fail')).toContain('Not like this');
  });

  test('a file outside api/ that a function imports, or data that it reads when it loads, is new code too', async () => {
    mkdirSync(join(project.root, 'data'));
    project.write('data/word.ts', `export const word = 'one';`);
    mkdirSync(join(project.root, 'api/_data'));
    project.write('api/_data/number.json', '1');
    project.write(
      'api/outside.ts',
      `import { readFileSync } from 'node:fs';
import { word } from '../data/word.ts';
const number = readFileSync(new URL('./_data/number.json', import.meta.url), 'utf8');
export default { fetch: () => new Response(word + number) };`,
    );
    await answers('/api/outside', /^one1$/);
    project.write('data/word.ts', `export const word = 'two';`);
    await answers('/api/outside', /^two1$/);
    project.write('api/_data/number.json', '2');
    await answers('/api/outside', /^two2$/);
  });

  test('a file without a handler is named, and the functions go on', async () => {
    project.write('api/new.ts', 'export const one = 1;');
    await dev.printed(/api\/new\.ts holds no handler/);
    expect((await fetch(`${origin}/api/hello`)).status).toBe(200);
    project.write('api/new.ts', 'export default { fetch: () => new Response("new") };');
    await answers('/api/new', /^new$/);
  });

  test('the page is told that a gateway stands here', async () => {
    expect(JSON.parse(await text('/place.json'))).toMatchObject({ place: 'local' });
  });

  test('a module for the tab is one file, made of the sources as they stand', async () => {
    const functions = JSON.parse(await text('/_tab/functions.json')) as TabFunction[];
    const listed = functions.find(({ name }) => name === '/api/fail');
    const module = await fetch(origin + (listed?.module ?? ''));
    expect(module.headers.get('content-type')).toContain('javascript');
    const code = await module.text();
    expect(code).toContain('Not like this');
    expect(code).not.toContain('Promise<Response>');
  });

  test('nothing is left when it leaves, and no function has opened its debugger', async () => {
    project.write(
      'api/signal.ts',
      `export default {
  fetch() {
    process.kill(process.ppid, 'SIGUSR1');
    return new Response('sent');
  },
};`,
    );
    await answers('/api/signal', /^sent$/);
    const watcher = await Watcher.open(origin, 0);
    await text('/api/hello');
    await watcher.until(() => watcher.pids.some(isAlive));
    await dev.stop();
    await untilGone(watcher.pids);
    await watcher.close();
    expect(dev.output).not.toMatch(/debugger/i);
  });
});

describe('astro build', () => {
  beforeAll(async () => {
    const build = new Astro('build');
    expect(await build.exited, build.output).toEqual([0, null]);
  });

  test('a page can call the functions while it is rendered', () => {
    expect(read('dist/index.html')).toContain('Good day, Page!');
  });

  test('the site says that it is for a host which runs nothing', () => {
    expect(JSON.parse(read('dist/place.json'))).toEqual({ place: 'static' });
  });

  test('the functions that a browser can run are in the site', () => {
    const listed = JSON.parse(read('dist/_tab/functions.json')) as TabFunction[];
    expect(listed.find(({ name }) => name === '/api/hello')?.module).toBeTypeOf('string');
    for (const { module } of listed) {
      if (module === null) continue;
      expect(module).toMatch(/^\/_tab\/.*\.[0-9a-f]{8}\.js$/);
      expect(read(`dist${module}`)).toMatch(/export\s*\{/);
    }
  });
});
