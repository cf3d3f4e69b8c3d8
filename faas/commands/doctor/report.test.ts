import { expect, test } from 'vitest';
import type { Check, Finding } from './check.ts';
import { examine, report } from './report.ts';

const check = (name: string, finding: Finding): Check => ({ name, look: () => finding });
const ok = check('Node', { state: 'ok', found: 'v24' });
const without = check('Python', { state: 'without', found: 'none', cure: 'Install it.' });
const missing = check('Port', { state: 'missing', found: '4321 is taken', cure: 'Take another.' });

test('what is there has a line, and what is not has its cure below it', async () => {
  expect(report(await examine([ok, without, missing]))).toBe(`\
ok       Node    v24
without  Python  none
                 Install it.
missing  Port    4321 is taken
                 Take another.

Not yet: Port. Mend it, and run this again.`);
});

test('the last line says what comes next', async () => {
  expect(report(await examine([ok]))).toMatch(/\nAll green\. Start the course: npm start$/);
  expect(report(await examine([ok, without]))).toMatch(
    /\nThe course starts: npm start\. Without Python/,
  );
});

test('a check that throws is a row too', async () => {
  const broken: Check = { name: 'Disk', look: () => Promise.reject(new Error('no such disk')) };
  expect(await examine([broken, ok])).toMatchObject([
    { name: 'Disk', state: 'missing', found: 'no such disk' },
    { name: 'Node', state: 'ok' },
  ]);
});
