/** A platform that is killed again and again, and started anew after each time. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { CONTROLS, type InstanceEntry, type ResourceEntry } from '../../faas/api.ts';
import type { StormProject } from './storm-project.ts';

/** What can be killed. */
export const VICTIMS = ['consumer', 'gateway', 'Postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

const GATEWAY = join(import.meta.dirname, 'gateway-process.ts');

/** A call that is not answered by then is given up, in ms. The gateway may be gone. */
const CALL_MS = 20_000;

/** One at a time; the next has another port. */
export class StormPlatform {
  readonly #project: StormProject;
  #child: ChildProcess | null = null;
  #origin = '';

  constructor(project: StormProject) {
    this.#project = project;
  }

  /** @throws with what it said when it does not come up */
  async start(): Promise<void> {
    const { root, dataFolder } = this.#project;
    const child = spawn(process.execPath, [...process.execArgv, GATEWAY, root, dataFolder], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
    const exited = once(child, 'exit').then(() => null);
    const first = await Promise.race([line, exited]);
    if (first === null) throw new Error(`The platform did not start: ${said.trim()}`);
    [this.#origin] = first;
  }

  /** @throws when it is not answered */
  call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.#origin + path, { ...init, signal: AbortSignal.timeout(CALL_MS) });
  }

  /**
   * SIGKILL. A gateway is started again at once; the rest is up to the platform.
   * @returns whether there was one to kill
   */
  async kill(victim: Victim): Promise<boolean> {
    if (victim === 'gateway') {
      const child = this.#child;
      if (child === null) return false;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      await this.start();
      return true;
    }
    const pid = await (victim === 'consumer' ? this.#consumer() : this.#postgres());
    return pid !== null && killed(pid);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.stdin?.end();
    await exited;
  }

  /** One that runs a call, if any does. */
  async #consumer(): Promise<number | null> {
    const instances = await this.#list<InstanceEntry>(CONTROLS.instances);
    const own = instances.filter((one) => one.function.includes('consumer') && one.pid !== null);
    const chosen = own.find(({ state }) => state === 'busy') ?? own[0];
    return chosen?.pid ?? null;
  }

  async #postgres(): Promise<number | null> {
    const resources = await this.#list<ResourceEntry>(CONTROLS.resources);
    const pid = resources.find(({ kind }) => kind === 'store')?.about['pid'];
    return typeof pid === 'number' ? pid : null;
  }

  async #list<Entry>(path: string): Promise<Entry[]> {
    return (await (await this.call(path)).json()) as Entry[];
  }
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
