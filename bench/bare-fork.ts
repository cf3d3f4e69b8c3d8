/** The floor of a cold start: a bare process that imports the same file and listens. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { bareNode } from './peers/bare-node.ts';
import { Workspace } from './workspace.ts';

export interface BareFork {
  /** From the fork to listening, in ms. */
  readonly listeningMs: number;
  /** From the fork to the whole of its first answer, in ms. */
  readonly answeredMs: number;
}

const PATIENCE_MS = 10_000;

export class BareForks {
  readonly #workspace = new Workspace();
  readonly #args = bareNode.prepare(this.#workspace, 0, {}).args;

  /** @throws when it does not listen, or does not answer */
  async measure(): Promise<BareFork> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...this.#args], {
      env: { ...this.#workspace.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [port] = (await once(child.stdout, 'data', { signal })) as [Buffer];
      const listeningMs = performance.now() - startedAt;
      const request = get(`http://127.0.0.1:${String(port).trim()}/`, { signal });
      const [response] = (await once(request, 'response', { signal })) as [NodeJS.ReadableStream];
      await once(response.resume(), 'end', { signal });
      return { listeningMs, answeredMs: performance.now() - startedAt };
    } finally {
      child.kill('SIGKILL');
    }
  }

  remove(): void {
    this.#workspace.remove();
  }
}
