/** A gateway that runs during a build, so that pages can record real runs while they are rendered. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACE_FILE, type PlaceFile } from '../api.ts';
import { LocalPlatform } from '../local/local-platform.ts';
import { parseServeOptions } from '../local/serve-options.ts';
import { listen, type RunningServer } from '../gateway/server.ts';
import type { TabFunction } from '../api.ts';
import { writeSandboxFiles } from './sandbox-files.ts';
import { writeTabModules } from './tab-modules.ts';

/** Short, because a recording that waits for an instance to be reaped delays the build. */
const BUILD_IDLE_TIMEOUT_MS = 1_000;

/** The gateway of one build. It does not keep the process alive if the build fails. */
export class BesideBuild {
  readonly #root: string;
  readonly #local: LocalPlatform;
  readonly #server: RunningServer;

  private constructor(root: string, local: LocalPlatform, server: RunningServer) {
    this.#root = root;
    this.#local = local;
    this.#server = server;
  }

  static async start(root: string): Promise<BesideBuild> {
    const idle = { FAAS_IDLE_TIMEOUT_MS: String(BUILD_IDLE_TIMEOUT_MS), ...process.env };
    const local = new LocalPlatform({
      root,
      site: (_request, response) => response.writeHead(404).end(),
      options: parseServeOptions([], idle),
      development: false,
      onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
    });
    const server = await listen(local.gateway, '127.0.0.1', 0);
    server.unref();
    return new BesideBuild(root, local, server);
  }

  get origin(): string {
    return this.#server.origin;
  }

  /** Stops the gateway and writes the tab's functions, its sandbox and the kind of host into the built site. */
  async finish(dist: string, base: string): Promise<readonly TabFunction[]> {
    await this.#server.stop(1_000);
    await this.#local.stop();
    const place: PlaceFile = { place: process.env['VERCEL'] === '1' ? 'cloud' : 'static' };
    writeFileSync(join(dist, PLACE_FILE), JSON.stringify(place));
    await writeSandboxFiles(this.#root, dist);
    return writeTabModules(this.#root, this.#local.functions, dist, base);
  }
}
