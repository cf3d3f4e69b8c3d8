/** The built site, served by `npm start`'s own command on a free port. */

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../packages.ts';

const COMMAND = join(REPOSITORY, 'faas/commands/start.ts');

export class ServedSite {
  readonly origin: string;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, origin: string) {
    this.#process = child;
    this.origin = origin;
  }

  /** @throws with what it printed when it ends before it listens */
  static async start(): Promise<ServedSite> {
    const child = spawn(process.execPath, [COMMAND, '--no-build', '--port', '0'], {
      cwd: REPOSITORY,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const origin = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stdout.on('data', (text: Buffer) => {
        printed += text.toString();
        const found = /http:\/\/localhost:\d+/.exec(printed);
        if (found !== null) resolve(found[0]);
      });
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new Error(`npm start ended with code ${code ?? 'none'}:\n${printed}`)),
      );
    });
    return new ServedSite(child, origin);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await gone;
  }
}
