import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';

/* The course as an author sees it who serves it under a path: `astro dev --base /x`. */

let dev: ChildProcess;
let home: string;

beforeAll(async () => {
  const env: NodeJS.ProcessEnv = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  // It must not take itself for a part of this test run.
  delete env['VITEST'];
  delete env['NODE_ENV'];
  const args = ['node_modules/astro/bin/astro.mjs', 'dev', '--base', '/x', '--port', '0'];
  dev = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  home = await new Promise((resolve, reject) => {
    let output = '';
    dev.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const address = /http:\/\/localhost:\d+\/x/.exec(output)?.[0];
      if (address !== undefined) resolve(`${address}/`);
    });
    dev.once('exit', () => reject(new Error(`astro dev ended early:\n${output}`)));
  });
});

afterAll(async () => {
  dev.kill('SIGINT');
  await once(dev, 'exit');
});

test('every font that a page or its styles name is there', async () => {
  const html = await (await fetch(home)).text();
  const named = html.matchAll(/["'(]([^"'()\s]*\.woff2)["')]/g);
  const fonts = new Set([...named].map(([, address = '']) => new URL(address, home).href));
  expect(fonts.size).toBe(4);
  for (const font of fonts) expect((await fetch(font)).status, font).toBe(200);
});
