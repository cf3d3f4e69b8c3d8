/** One function of the output in a process of its own, started by its first call. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { OutputFunction } from './output.ts';

/** A call, as a host reads it. */
export interface HostCall {
  readonly id: number;
  readonly method: string;
  /** Whole address. */
  readonly url: string;
  /** Path and query of the address. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Base64; empty for none. */
  readonly body: string;
}

export type HostAnswer =
  | {
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
    }
  | { readonly id: number; readonly error: string };

interface Waiting {
  resolve(answer: HostAnswer): void;
}

export class FunctionProcess {
  readonly #function: OutputFunction;
  readonly #project: string;
  readonly #python: string | null;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | null = null;
  #calls = 0;

  /**
   * @param project folder that the function's `filePathMap` refers to
   * @param python interpreter for Python functions
   * @param variables what somebody who deploys it has set. @default none
   */
  constructor(
    fn: OutputFunction,
    project: string,
    python: string | null,
    variables: Readonly<Record<string, string>> = {},
  ) {
    this.#variables = variables;
    this.#function = fn;
    this.#project = project;
    this.#python = python;
  }

  /** A process that ends leaves its calls with an error, and the next call starts another. */
  call(call: Omit<HostCall, 'id'>): Promise<HostAnswer> {
    const child = (this.#child ??= this.#start());
    const id = (this.#calls += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, { resolve });
      child.stdin?.write(`${JSON.stringify({ ...call, id })}\n`);
    });
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const { runtime, environment } = this.#function;
    const [program, args, cwd] = runtime.startsWith('python') ? this.#inPython() : this.#inNode();
    const child = spawn(program, args, {
      cwd,
      env: { PATH: process.env['PATH'], ...environment, ...this.#variables, VERCEL: '1' },
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    });
    createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
      const answer = JSON.parse(line) as HostAnswer;
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    // The pipe closes before the exit is known when the process dies in a call.
    child.stdin?.on('error', () => undefined);
    const ended = (how: string): void => {
      if (this.#child === child) this.#child = null;
      for (const [id, { resolve }] of this.#waiting) resolve({ id, error: `The process ${how}.` });
      this.#waiting.clear();
    };
    child.once('error', (error) => ended(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => ended(`ended with ${signal ?? `code ${String(code)}`}`));
    return child;
  }

  #inNode(): [string, string[], string] {
    const { folder, handler } = this.#function;
    const host = join(import.meta.dirname, 'host.ts');
    return [process.execPath, [host, join(folder, handler)], folder];
  }

  #inPython(): [string, string[], string] {
    const { folder, handler } = this.#function;
    if (this.#python === null) throw new Error(`${folder} is for Python, and none was given.`);
    const host = join(import.meta.dirname, 'host.py');
    return [this.#python, ['-B', host, handler], this.#assembled()];
  }

  /** The function's folder with the files of the project that belong to it, by links. */
  #assembled(): string {
    const { path, folder, filePathMap } = this.#function;
    const whole = join(this.#project, '.vercel/assembled', path);
    rmSync(whole, { recursive: true, force: true });
    const link = (file: string, target: string): void => {
      mkdirSync(dirname(join(whole, file)), { recursive: true });
      symlinkSync(target, join(whole, file));
    };
    link('vc__handler__python.py', join(folder, 'vc__handler__python.py'));
    for (const [file, source] of Object.entries(filePathMap))
      link(file, join(this.#project, source));
    return whole;
  }
}
