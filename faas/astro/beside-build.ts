/** A gateway that runs during a build, so that pages can record real runs while they are rendered. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLACE_FILE, type PlaceFile } from '../api.ts';
import { LocalPlatform } from '../local/local-platform.ts';
import { parseServeOptions } from '../local/serve-options.ts';
import { listen, type RunningServer } from '../gateway/server.ts';
import type { TabFunction } from '../api.ts';
import { writeSandboxFiles } from './sandbox-files.ts';
import { writeTabDatabase } from './tab-database-files.ts';
import { isGrantedStore, writeTabModules } from './tab-modules.ts';

/** Short, because a recording that waits for an instance to be reaped delays the build. */
const BUILD_IDLE_TIMEOUT_MS = 1_000;

/** As short: a recording may begin with the database asleep. */
const BUILD_STORE_IDLE_MS = 1_000;

/** The gateway of one build. It does not keep the process alive if the build fails. */
export class BesideBuild {
  readonly #root: string;
  readonly #local: LocalPlatform;
  readonly #server: RunningServer;
  /** What recordings write is no part of the reader's own data. */
  readonly #data: string;

  private constructor(root: string, local: LocalPlatform, server: RunningServer, data: string) {
    this.#root = root;
    this.#local = local;
    this.#server = server;
    this.#data = data;
  }

  static async start(root: string): Promise<BesideBuild> {
    const idle = {
      FAAS_IDLE_TIMEOUT_MS: String(BUILD_IDLE_TIMEOUT_MS),
      FAAS_STORE_IDLE_MS: String(BUILD_STORE_IDLE_MS),
      ...process.env,
    };
    const data = realpathSync(mkdtempSync(join(tmpdir(), 'course-build-')));
    const local = new LocalPlatform({
      root,
      site: (_request, response) => response.writeHead(404).end(),
      options: parseServeOptions([], idle),
      development: false,
      dataFolder: data,
      onError: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
    });
    const server = await listen(local.gateway, '127.0.0.1', 0);
    server.unref();
    local.deliver();
    // Outside of any call's time; what is wrong here, the call that needs it will say.
    void local.prepareResources().catch(() => undefined);
    return new BesideBuild(root, local, server, data);
  }

  get origin(): string {
    return this.#server.origin;
  }

  /** Stops the gateway and writes the tab's functions, its sandbox and the kind of host into the built site. */
  async finish(dist: string, base: string): Promise<readonly TabFunction[]> {
    await this.#server.stop(1_000);
    await this.#local.stop();
    rmSync(this.#data, { recursive: true, force: true, maxRetries: 5 });
    const place: PlaceFile = { place: process.env['VERCEL'] === '1' ? 'cloud' : 'static' };
    writeFileSync(join(dist, PLACE_FILE), JSON.stringify(place));
    await writeSandboxFiles(this.#root, dist);
    const { functions, platformFile } = this.#local;
    const stores = functions.some((spec) => isGrantedStore(spec, platformFile));
    if (stores) await writeTabDatabase(this.#root, dist);
    return writeTabModules(this.#root, functions, platformFile, { dist, base });
  }
}
