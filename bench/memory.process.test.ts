import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { treeMemoryMb } from './memory.ts';

const HOLDS = `const held = Buffer.alloc(60_000_000, 1); console.log(held.length); setInterval(() => held.at(0), 1e6);`;

test.skipIf(!existsSync('/proc/self/smaps_rollup'))(
  'what a child holds counts for the one that started it',
  async () => {
    const before = treeMemoryMb(process.pid) ?? NaN;
    const child = spawn(process.execPath, ['-e', HOLDS], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(treeMemoryMb(child.pid ?? 0)).toBeGreaterThan(60);
    expect((treeMemoryMb(process.pid) ?? NaN) - before).toBeGreaterThan(40);
    child.kill();
    await once(child, 'exit');
  },
);

test('of a process that is not there nothing can be told', () => {
  expect(treeMemoryMb(2 ** 30)).toBeNull();
});
