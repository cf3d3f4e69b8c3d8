import { expect, test } from 'vitest';
import { serveHelpText, parseServeOptions } from './serve-options.ts';

test('without options everything has its default', () => {
  expect(parseServeOptions([], {})).toEqual({
    port: 4321,
    host: '127.0.0.1',
    token: expect.stringMatching(/^[0-9a-f]{32}$/),
    idleTimeoutMs: 10_000,
    freezeIdle: false,
    maxInstances: 32,
    maxQueued: 1_000,
    maxQueueMs: 30_000,
    storeIdleMs: 10_000,
    deliverTo: '',
    maxBodyBytes: 6_000_000,
    shutdownMs: 15_000,
    allowedHosts: [],
    policies: { own: {} },
    build: true,
    help: false,
  });
});

test('the environment is read, and a flag wins over it', () => {
  const env = { PORT: '5000', FAAS_IDLE_TIMEOUT_MS: '200', FAAS_ALLOWED_HOSTS: 'A.test, b.test' };
  expect(parseServeOptions(['--port', '0', '--no-build'], env)).toMatchObject({
    port: 0,
    idleTimeoutMs: 200,
    allowedHosts: ['a.test', 'b.test'],
    build: false,
  });
});

test('"unlimited" is a value of what may be without limit', () => {
  const env = { FAAS_MAX_QUEUED: 'unlimited' };
  expect(parseServeOptions(['--idle-timeout-ms', 'unlimited'], env)).toMatchObject({
    idleTimeoutMs: Infinity,
    maxQueued: Infinity,
  });
});

test('idle instances are frozen where that is asked for, and for nothing else', () => {
  expect(parseServeOptions(['--freeze-idle', 'true'], {})).toMatchObject({ freezeIdle: true });
  expect(parseServeOptions([], { FAAS_FREEZE_IDLE: 'true' })).toMatchObject({ freezeIdle: true });
  expect(() => parseServeOptions(['--freeze-idle', 'perhaps'], {})).toThrow(
    '--freeze-idle is "perhaps". Expected true or false; leave it out for false.',
  );
});

test('an empty variable is as if it were not there', () => {
  expect(parseServeOptions([], { PORT: '', HOST: '' })).toMatchObject({
    port: 4321,
    host: '127.0.0.1',
  });
});

test.for<[string[], Record<string, string>, RegExp]>([
  [[], { PORT: 'http' }, /PORT is "http"\. Expected a whole number from 0 to 65535/],
  [[], { FAAS_MAX_INSTANCES: '0' }, /FAAS_MAX_INSTANCES is "0"/],
  [['--deliver-to', 'course'], {}, /--deliver-to is "course"\. Expected an origin/],
  [['--max-queued', '1.5'], {}, /--max-queued is "1\.5"/],
  [
    ['--idle-timeout-ms', '1e3'],
    {},
    /is "1e3"\. Expected a number from 0 to 86400000 ms, or "unlimited"; leave it out for 10000/,
  ],
  [['--policy', 'lambda'], {}, /--policy is "lambda"\. There is no policy "lambda"/],
  [[], { FAAS_POLICY: '/api/work=kpa:x=1' }, /FAAS_POLICY is "\/api\/work=kpa:x=1"\. .*no option/],
  [['--idle-timeout', '5'], {}, /--idle-timeout/],
])('%j %j is refused by name', ([args, env, message]) => {
  expect(() => parseServeOptions(args, env)).toThrow(message);
});

test('policies are for all functions or for one, and a flag wins over the environment', () => {
  const env = { FAAS_POLICY: 'kpa /api/work=fixed /api/hello=kpa:target=1' };
  const args = ['--policy', 'concurrent', '--policy', '/api/work=fixed:servers=2'];
  expect(parseServeOptions([], env).policies).toEqual({
    everywhere: { name: 'kpa' },
    own: { '/api/work': { name: 'fixed' }, '/api/hello': { name: 'kpa', target: 1 } },
  });
  expect(parseServeOptions(args, env).policies).toEqual({
    everywhere: { name: 'concurrent' },
    own: { '/api/work': { name: 'fixed', servers: 2 }, '/api/hello': { name: 'kpa', target: 1 } },
  });
});

test('the help names every option with its default and range', () => {
  expect(serveHelpText()).toMatch(/--idle-timeout-ms +FAAS_IDLE_TIMEOUT_MS +10000/);
  expect(serveHelpText()).toMatch(/--port +PORT +4321/);
  expect(serveHelpText()).toMatch(/--policy +FAAS_POLICY +keep-alive/);
  expect(serveHelpText()).toMatch(
    /fixed\n +servers +1 +how many servers there are, always \(a whole number from 1 to 1000 servers\)\n/,
  );
});
