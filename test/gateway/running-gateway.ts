/** `npm start` as a process of its own, on a free port, with what tests ask of it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { CONTROLS, type InstanceEntry } from '#faas/api.ts';
import { repositoryFile, type Project } from './project.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class RunningGateway {
  readonly origin: string;
  readonly process: ChildProcess;
  readonly exited: Promise<Exit>;

  private constructor(child: ChildProcess, origin: string) {
    this.process = child;
    this.origin = origin;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  /** @param env beside what the process needs to start; an undefined value takes a variable away */
  static async start(
    project: Project,
    env: Record<string, string | undefined> = {},
  ): Promise<RunningGateway> {
    const child = spawn(
      process.execPath,
      [repositoryFile('faas/commands/start.ts'), '--no-build', '--port', '0'],
      { cwd: project.root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    return new RunningGateway(child, await originIn(child));
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  call(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.origin + path, init);
  }

  async json<T>(path: string): Promise<T> {
    return (await (await this.call(path)).json()) as T;
  }

  instances(): Promise<InstanceEntry[]> {
    return this.json(CONTROLS.instances);
  }

  /** Resolves once no instance is left. */
  async untilZero(): Promise<void> {
    while ((await this.instances()).length > 0) await pause(20);
  }

  /** What `fetch` would tidy up first: bytes as they are, answered by bytes as they are. */
  async raw(bytes: string): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => undefined);
    socket.write(bytes);
    await once(socket, 'close');
    return text;
  }

  async stop(): Promise<Exit> {
    this.process.kill('SIGTERM');
    return this.exited;
  }
}

/** The address that a start prints. @throws when it ends before it listens */
export async function originIn({ stdout }: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    stdout?.on('data', (chunk) => {
      output += String(chunk);
      const origin = /http:\/\/localhost:\d+/.exec(output)?.[0];
      if (origin !== undefined) resolve(origin);
    });
    stdout?.once('end', () =>
      reject(new Error(`The gateway ended before it listened:\n${output}`)),
    );
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Whether a process of that number is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves once none of the processes is there any more. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await pause(20);
}
