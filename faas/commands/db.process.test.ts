/** `npm run db` in a project of its own. */

import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { Project, repositoryFile } from '../../test/gateway/fixtures/project.ts';

const project = new Project();
afterAll(() => project.remove());

function db(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [repositoryFile('faas/commands/db.ts'), ...args], {
    cwd: project.root,
    encoding: 'utf8',
    input,
    env: { ...process.env, ...env },
  });
}

test('the shell answers each statement, keeps a transaction open, and says what was wrong', () => {
  const { stdout, status } = db(
    ['shell'],
    `insert into guestbook (id, name, text) values (gen_random_uuid(), 'Ada', 'first');
begin;
delete from guestbook;
rollback;
select name,
  null as nothing from guestbook;
select 1/0;
`,
  );
  expect(stdout).toMatch(/INSERT 1\n\nBEGIN\n\nDELETE 1\n\nROLLBACK\n/);
  expect(stdout).toMatch(
    /name {2}nothing\n─+ {2}─+\nAda {3}null\nSELECT 1\n\n22012: division by zero/,
  );
  expect(status).toBe(1);
});

test('the status tells the database, its tables and its migrations', () => {
  const { stdout, status } = db(['status']);
  expect(stdout).toMatch(/^database +PostgreSQL 18/m);
  expect(stdout).toMatch(/^guestbook +1 +\d+ kB/m);
  expect(stdout).toMatch(/^0001-guestbook\.sql +\d{4}-/m);
  expect(status).toBe(0);
});

test('a reset wants to be meant, and leaves empty tables', () => {
  const refused = db(['reset']);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/reset --yes/)]);
  expect(db(['status']).stdout).toMatch(/^guestbook +1 /m);
  expect(db(['reset', '--yes']).stdout).toMatch(/^The database is empty\. Applied: 0001-guestbook/);
  expect(db(['status']).stdout).toMatch(/^guestbook +0 /m);
});

test('a database that DATABASE_URL names is not emptied', () => {
  const DATABASE_URL = 'postgresql://me:secret@db.example/mine';
  const { stderr, status } = db(['reset', '--yes'], '', { DATABASE_URL });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/names db\.example\/mine, and only/)]);
});

test('without a task it says which there are', () => {
  expect(db([]).stderr).toMatch(/Expected one of status, shell, reset/);
  expect(db(['--help']).stdout).toMatch(/^usage: npm run db/);
});
