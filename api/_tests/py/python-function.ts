/** A Python function on an instance of its own, as the platform starts it. */

import { ProcessDriver } from '#faas/drivers/process/driver.ts';
import type { RunningInstance } from '#faas/drivers/protocol.ts';
import { scanFunctions } from '#faas/gateway/functions.ts';

const driver = new ProcessDriver({ root: process.cwd() });

export class PythonFunction {
  readonly #instance: RunningInstance;

  private constructor(instance: RunningInstance) {
    this.#instance = instance;
  }

  static async start(path: string): Promise<PythonFunction> {
    const spec = scanFunctions(process.cwd()).find((other) => other.path === path);
    if (spec === undefined) throw new Error(`There is no function at ${path}.`);
    return new PythonFunction(await driver.start(spec, { id: 'test', onLog: () => undefined }));
  }

  /** Null when this machine runs Python functions; else why not. */
  static get missing(): string | null {
    const spec = scanFunctions(process.cwd()).find(({ runtime }) => runtime === 'python');
    return spec === undefined ? null : driver.missing(spec);
  }

  async get(url: string): Promise<{ status: number; type: string | undefined; body: unknown }> {
    const { response, report } = await this.#instance.invoke({
      method: 'GET',
      url,
      headers: [],
      body: null,
    });
    const chunks: Uint8Array[] = [];
    if (response.body instanceof Uint8Array) chunks.push(response.body);
    else for await (const chunk of response.body ?? []) chunks.push(chunk);
    await report;
    const type = response.headers.find(([name]) => name === 'content-type')?.[1];
    return { status: response.status, type, body: JSON.parse(Buffer.concat(chunks).toString()) };
  }

  async stop(): Promise<void> {
    await this.#instance.stop();
  }
}
