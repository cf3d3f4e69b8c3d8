/** A peer that has been started: it is asked over HTTP, and stopped with everything it started. */

import { spawn, type ChildProcess } from 'node:child_process';
import { Agent, get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { bornAt, processTree } from './processes.ts';
import type { Limits, Peer } from './peer.ts';
import { answerOf, NO_REPLY, type Answer, type Reply } from './reply.ts';
import { pause } from './pause.ts';
import { Workspace } from './workspace.ts';

/** A peer that has not answered by then has not started. In ms. */
const START_MS = 60_000;
/** Between two tries to get a first answer, in ms. */
const RETRY_MS = 5;
/** A peer that is asked to leave and stays is ended. In ms. */
const LEAVE_MS = 3_000;
/** Tail of what it printed that is shown when it fails, in characters. */
const TAIL = 600;

export class RunningPeer {
  static readonly #all = new Set<RunningPeer>();
  readonly peer: Peer;
  /** From the command to the whole of the first answer, in ms. */
  firstAnswerMs = 0;
  /** Its first answer, which no instance can have been ready for. */
  firstReply: Reply = NO_REPLY;
  readonly #process: ChildProcess;
  readonly #workspace: Workspace;
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });
  #host = '127.0.0.1';
  #printed = '';

  private constructor(peer: Peer, workspace: Workspace, port: number, limits: Limits) {
    this.peer = peer;
    this.#workspace = workspace;
    this.#port = port;
    const { args, env, cwd = workspace.folder } = peer.prepare(workspace, port, limits);
    this.#process = spawn(process.execPath, [...args], {
      cwd,
      env: { ...workspace.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it can be stopped with all that it has started.
      detached: true,
    });
    const keep = (text: Buffer): void => {
      this.#printed = (this.#printed + text.toString()).slice(-1_000_000);
    };
    this.#process.stdout?.on('data', keep);
    this.#process.stderr?.on('data', keep);
  }

  /** Resolves with its first answer. @throws with what it printed when it gives none */
  static async start(peer: Peer, limits: Limits = {}): Promise<RunningPeer> {
    const workspace = new Workspace();
    const port = await freePort();
    const startedAt = performance.now();
    const running = RunningPeer.#spawn(peer, workspace, port, limits);
    try {
      await running.#untilFirstAnswer(startedAt);
    } catch (error) {
      await running.stop();
      throw error;
    }
    return running;
  }

  static #spawn(peer: Peer, workspace: Workspace, port: number, limits: Limits): RunningPeer {
    try {
      const running = new RunningPeer(peer, workspace, port, limits);
      RunningPeer.#all.add(running);
      return running;
    } catch (error) {
      workspace.remove();
      throw error;
    }
  }

  /** Every one that has been started and not been stopped. */
  static async stopAll(): Promise<void> {
    await Promise.all([...RunningPeer.#all].map((running) => running.stop()));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get origin(): string {
    return `http://${this.#host}:${this.#port}`;
  }

  get url(): string {
    return `${this.origin}${this.peer.path}`;
  }

  /** Whether its server still runs. */
  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** All it has printed. */
  get printed(): string {
    return this.#printed;
  }

  /** Never rejects. @param query with its `?` */
  ask(query = '', patienceMs = 10_000): Promise<Reply> {
    return this.#fetch(`${this.url}${query}`, patienceMs);
  }

  /** What the handler says; null when it says nothing that can be understood. */
  async answer(
    query = '',
    patienceMs = 10_000,
  ): Promise<(Answer & { readonly ms: number }) | null> {
    const reply = await this.ask(query, patienceMs);
    const answer = answerOf(reply);
    return answer && { ...answer, ms: reply.ms };
  }

  #fetch(url: string, patienceMs: number): Promise<Reply> {
    const askedAt = performance.now();
    return new Promise((resolve) => {
      const none = (): void => {
        resolve({ ...NO_REPLY, ms: performance.now() - askedAt });
      };
      const request = get(url, { agent: this.#agent }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.once('error', none);
        response.once('end', () => {
          clearTimeout(late);
          const ms = performance.now() - askedAt;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body, ms });
        });
      });
      const late = setTimeout(() => request.destroy(), patienceMs);
      request.once('error', () => {
        clearTimeout(late);
        none();
      });
    });
  }

  async stop(): Promise<void> {
    RunningPeer.#all.delete(this);
    this.#agent.destroy();
    const tree = processTree(this.pid).map((pid) => ({ pid, born: bornAt(pid) }));
    const { alive } = this;
    if (alive) {
      const gone = new Promise((resolve) => this.#process.once('exit', resolve));
      signal(-this.pid, 'SIGTERM');
      await Promise.race([gone, pause(LEAVE_MS)]);
    }
    // What did not want to leave, and what has left the group; a number may have a new owner by now.
    if (alive) signal(-this.pid, 'SIGKILL');
    for (const { pid, born } of tree) {
      if (born !== null && born === bornAt(pid)) signal(pid, 'SIGKILL');
    }
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
    await pause(50);
    this.#workspace.remove();
  }

  async #untilFirstAnswer(startedAt: number): Promise<void> {
    while (performance.now() - startedAt < START_MS) {
      if (!this.alive) break;
      for (const host of ['127.0.0.1', '[::1]']) {
        this.#host = host;
        const reply = await this.ask('', START_MS);
        if (answerOf(reply) === null) continue;
        this.firstReply = reply;
        this.firstAnswerMs = performance.now() - startedAt;
        return;
      }
      await pause(RETRY_MS);
    }
    const { exitCode, signalCode } = this.#process;
    const how = this.alive
      ? `it gave no answer within ${START_MS / 1000} s`
      : `it ended with ${signalCode ?? `exit code ${exitCode ?? ''}`}`;
    throw new Error(`${how}; it printed: ${this.#printed.trim().slice(-TAIL) || 'nothing'}`);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  // Zero would be this process's own group, and one every process there is.
  if (Math.abs(pid) <= 1) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has gone.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
