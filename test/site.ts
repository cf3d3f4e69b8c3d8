/**
 * The built site for the browser tests, served twice: by our gateway, and by a plain file server
 * that knows nothing of functions. Tests take the addresses with `inject('origin')` and
 * `inject('staticOrigin')`.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { serveFiles } from './file-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    origin: string;
    staticOrigin: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const gateway = await startGateway();
  const files = await serveFiles('dist');
  project.provide('origin', gateway.origin);
  project.provide('staticOrigin', files.origin);
  return async () => {
    await files.stop();
    gateway.child.kill('SIGTERM');
    await new Promise((resolve) => gateway.child.once('exit', resolve));
  };
}

/** Runs `npm start`'s own entry on a free port; builds the site first when it is missing or stale. */
async function startGateway(): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, ['faas/commands/start.ts'], {
    env: { ...process.env, PORT: '0', FAAS_IDLE_TIMEOUT_MS: '2000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /http:\/\/localhost:\d+/.exec(output);
      if (address !== null) resolve(address[0]);
    });
    child.once('exit', (code) => {
      reject(
        new Error(`The gateway left with code ${String(code)} before it listened:\n${output}`),
      );
    });
  });
  return { child, origin };
}
