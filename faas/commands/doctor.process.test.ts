import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

function doctor(env: NodeJS.ProcessEnv, ...args: string[]) {
  return spawnSync(process.execPath, ['faas/commands/doctor.mjs', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PORT: '0', ...env },
  });
}

test('a row for each check, and exit status 0 when only a part of the course is missing', () => {
  const { status, stdout } = doctor({ FAAS_PYTHON: 'no-such-python' });
  expect(stdout).toMatch(/^ok +Node +v\d+.*\nok +npm +\d+.*\nwithout +Python/);
  expect(stdout).toMatch(/\nok +Port +0 is free\n/);
  expect(status).toBe(0);
});

test('exit status 1 when the course cannot start', () => {
  const { status, stdout } = doctor({ STARTED_BY_NODE: 'v16.0.0', npm_config_user_agent: '' });
  expect(stdout).toMatch(/^missing +Node +v16\.0\.0 is too old/);
  expect(stdout).toMatch(/Not yet: Node\./);
  expect(status).toBe(1);
});

test('asked for help it says what it does, and it takes nothing else', () => {
  expect(doctor({}, '--help')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^usage: npm run doctor/),
  });
  expect(doctor({}, '--all')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^Expected no options, found --all/),
  });
});
